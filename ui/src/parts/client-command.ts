/** The command that runs a statement on the embedded engine, quoted for POSIX shells. */
export function clientCommand(statement: string): string {
  return `clickhouse-client --user reader --query '${statement.replaceAll("'", `'\\''`)}'`;
}
