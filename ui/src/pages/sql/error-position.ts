/**
 * Where in a statement ClickHouse stopped understanding it: offsets of characters, from its message's `(line 2, col 7)` or
 * `failed at position 31`, which count bytes. Null if it says nothing.
 */
export function errorPosition(sql: string, message: string): { readonly from: number; readonly to: number } | null {
  const bytes = new TextEncoder().encode(sql);
  const byLine = /\(line (\d+), col (\d+)\)/.exec(message);
  const byPosition = /failed at position (\d+)/.exec(message);
  const offset = byLine ? lineStart(bytes, Number(byLine[1])) + Number(byLine[2]) - 1 : byPosition ? Number(byPosition[1]) - 1 : null;
  if (offset === null || Number.isNaN(offset)) return null;
  const from = Math.min(new TextDecoder().decode(bytes.slice(0, Math.max(offset, 0))).length, sql.length);
  const word = /^[\w`"']+|^\S/.exec(sql.slice(from))?.[0].length ?? 0;
  // At the end there is nothing to underline but what stands before it.
  return word === 0 ? { from: Math.max(from - 1, 0), to: Math.max(from, Math.min(1, sql.length)) } : { from, to: from + word };
}

const NEWLINE = 10;

function lineStart(bytes: Uint8Array, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = bytes.indexOf(NEWLINE, at);
    if (next < 0) return at;
    at = next + 1;
  }
  return at;
}
