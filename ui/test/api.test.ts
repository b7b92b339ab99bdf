import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from '../src/api/fault.ts';
import { readNdjson } from '../src/api/ndjson.ts';

/** A stream that arrives in pieces of so many bytes. */
function pieces(text: string, size: number, onCancel = (): void => undefined): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
    cancel: onCancel,
  });
}

test('lines are read whole, however the network cuts them', async () => {
  const text = '{"a":1}\n{"b":"hällo 😀"}\n\n{"c":[2]}';
  for (let size = 1; size <= text.length; size++) {
    const lines: unknown[] = [];
    for await (const line of readNdjson(pieces(text, size))) lines.push(line);
    assert.deepEqual(lines, [{ a: 1 }, { b: 'hällo 😀' }, { c: [2] }]);
  }
});

test('who stops reading ends the request', async () => {
  let cancelled = false;
  for await (const _ of readNdjson(pieces('{}\n{}\n{}\n', 3, () => (cancelled = true)))) break;
  assert.ok(cancelled);
});

test('a line that is no JSON is an error', async () => {
  await assert.rejects(async () => {
    for await (const _ of readNdjson(pieces('{"a":\n', 4)));
  }, SyntaxError);
});

test("an error is the API's own where there is one", () => {
  const fault = { code: 'bad_search', message: 'this ( is never closed', from: 0, to: 1 };
  assert.deepEqual(faultOf(400, { error: fault }), fault);
  assert.match(faultOf(502, null).message, /502/);
});
