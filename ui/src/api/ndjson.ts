/** The JSON values of a stream of lines, as they arrive. A last line without its end counts. */
export async function* readNdjson(bytes: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      let from = 0;
      for (let end = rest.indexOf('\n', from); end >= 0; end = rest.indexOf('\n', from)) {
        if (end > from) yield JSON.parse(rest.slice(from, end));
        from = end + 1;
      }
      rest = rest.slice(from);
      if (done) break;
    }
    if (rest.trim() !== '') yield JSON.parse(rest);
  } finally {
    // Whoever stops reading early ends the request, and with it the query.
    await reader.cancel().catch(() => undefined);
  }
}
