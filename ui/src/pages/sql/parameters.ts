// The page's time range as parameters of a statement.

/**
 * Values for `{from:…}` and `{to:…}` where a statement has them; what has no such parameter needs none. Seconds since 1970 with
 * milliseconds: ClickHouse reads them in any zone.
 */
export function rangeParameters(sql: string, ends: { readonly from: number; readonly to: number }): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const name of ['from', 'to'] as const) {
    const type = new RegExp(`\\{\\s*${name}\\s*:\\s*(\\w+)`).exec(sql)?.[1];
    if (type === undefined) continue;
    parameters[`param_${name}`] = type.startsWith('DateTime64') ? (ends[name] / 1000).toFixed(3) : String(Math.floor(ends[name] / 1000));
  }
  return parameters;
}

/** The statement with the values written in, for a terminal that knows no range. */
export function withRange(sql: string, ends: { readonly from: number; readonly to: number }): string {
  return sql.replaceAll(/\{\s*(from|to)\s*:\s*(\w+(?:\([^)]*\))?)\s*\}/g, (_, name: 'from' | 'to', type: string) => {
    const seconds = type.startsWith('DateTime64') ? (ends[name] / 1000).toFixed(3) : String(Math.floor(ends[name] / 1000));
    return type.startsWith('DateTime') ? `to${type.replace(/\(.*/, '')}(${seconds}${type.startsWith('DateTime64') ? ', 3' : ''})` : seconds;
  });
}
