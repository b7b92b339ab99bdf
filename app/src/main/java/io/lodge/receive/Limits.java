package io.lodge.receive;

import java.time.Duration;

/**
 * What one request may take.
 *
 * @param requestBytesMax the largest body as sent, before decompression; at most 1 GiB
 * @param requestTimeout from the first byte to the answer: ends slow bodies, which hold budget
 * @param retryAfter what clients are told to wait when the budget is full
 */
public record Limits(int requestBytesMax, Duration requestTimeout, Duration retryAfter) {

  public Limits {
    if (requestBytesMax < 1 || requestBytesMax > 1 << 30) {
      throw new IllegalArgumentException(
          "unexpected receive.max_request; got " + requestBytesMax + " B want 1 B to 1 GiB");
    }
  }

  Reply.Refused tooLarge(long bytes) {
    return Reply.refuse(
        Reason.TOO_LARGE,
        "cannot take body: it has at least %d B and receive.max_request is %d B; send smaller batches"
            .formatted(bytes, requestBytesMax));
  }

  Reply.Refused noRoom() {
    return Reply.later(
        "cannot take body: memory for bodies in flight is used up; send it again later",
        retryAfter,
        "over_budget");
  }
}
