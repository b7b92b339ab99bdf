import { type Fault, faultOf, failed, type Result, TAKEN_BACK } from './fault.ts';
import { keyWanted, queryKey } from './key.ts';
import { readNdjson } from './ndjson.ts';

/** Query parameters; what is undefined or empty is left out. */
export type Params = Readonly<Record<string, string | number | undefined>>;

export type Body = { readonly text: string; readonly type: string };

export function addressOf(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The one place that speaks to the server. */
async function request(path: string, params: Params, signal: AbortSignal, body?: Body, alsoGood?: number): Promise<Result<Response>> {
  const headers = new Headers();
  const key = queryKey();
  if (key !== null) headers.set('x-api-key', key);
  if (body) headers.set('content-type', body.type);
  try {
    const response = await fetch(addressOf(path, params), {
      method: body ? 'POST' : 'GET',
      headers,
      signal,
      ...(body ? { body: body.text } : {}),
    });
    if (response.ok || response.status === alsoGood) return { ok: true, value: response };
    if (response.status === 401) keyWanted.value = true;
    const json: unknown = await response.json().catch(() => null);
    return { ok: false, fault: faultOf(response.status, json) };
  } catch (cause) {
    return thrown(cause, signal);
  }
}

function thrown(cause: unknown, signal: AbortSignal): Result<never> {
  if (signal.aborted) return TAKEN_BACK;
  return failed('unreachable', `cannot reach Lodge at ${location.origin}: ${String(cause)}; is it running?`);
}

/**
 * Asks for one JSON value.
 *
 * @param alsoGood a status that is an answer too: `/readyz` says what is not ready with 503
 */
export async function ask<T>(path: string, params: Params, signal: AbortSignal, alsoGood?: number): Promise<Result<T>> {
  const response = await request(path, params, signal, undefined, alsoGood);
  if (!response.ok) return response;
  try {
    return { ok: true, value: (await response.value.json()) as T };
  } catch (cause) {
    return thrown(cause, signal);
  }
}

/**
 * Asks for a stream of lines, each an object with one key, and hands them over as they come. Succeeds when the
 * stream has ended as it should; an `{"error":…}` line, or the end of the connection before its time, is a fault.
 *
 * @param ends the key of the last line; null for streams that go on until they are cancelled
 */
export async function stream<Line extends object>(
  path: string,
  params: Params,
  signal: AbortSignal,
  ends: string | null,
  onLine: (line: Line) => void,
  body?: Body,
): Promise<Result<null>> {
  const response = await request(path, params, signal, body);
  if (!response.ok) return response;
  if (response.value.body === null) return failed('cut_off', 'cannot read the answer: it is empty');
  try {
    let ended = false;
    for await (const line of readNdjson(response.value.body)) {
      if (signal.aborted) return TAKEN_BACK;
      const object = line as Line;
      if ('error' in object) return { ok: false, fault: faultOf(200, object) satisfies Fault };
      if (ends !== null && ends in object) ended = true;
      onLine(object);
    }
    if (ended) return { ok: true, value: null };
    return failed('cut_off', 'cannot read the whole answer: the connection ended before its time; try again');
  } catch (cause) {
    return thrown(cause, signal);
  }
}
