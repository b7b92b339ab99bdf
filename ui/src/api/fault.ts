/** Why there is no answer, in the API's one shape. */
export type Fault = {
  /** `bad_search`, `bad_request`, `limit_exceeded`, `busy`, `not_found`, `unreachable`, …; of our own: `cut_off`. */
  readonly code: string;
  readonly message: string;
  /** Character offsets into `q`; only with `bad_search`. */
  readonly from?: number;
  readonly to?: number;
  /** Which limit; only with `limit_exceeded` and `busy`. */
  readonly limit?: string;
  readonly clickhouse_code?: number;
};

/** What every function that asks the server gives back: expected failures are values. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export const failed = (code: string, message: string): Result<never> => ({ ok: false, fault: { code, message } });

/** The question was taken back: nobody waits for this result. */
export const TAKEN_BACK: Result<never> = failed('taken_back', 'the question was taken back');

export const isTakenBack = (result: Result<unknown>): boolean => !result.ok && result.fault.code === 'taken_back';

/** The fault in `{"error":{…}}`; a plain one of the HTTP status if the text is something else. */
export function faultOf(status: number, body: unknown): Fault {
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const error = (body as { error: unknown }).error;
    if (typeof error === 'object' && error !== null && 'message' in error) return error as Fault;
  }
  return { code: 'internal', message: `cannot read the answer: unexpected HTTP status ${status}` };
}
