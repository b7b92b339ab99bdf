package io.lodge.receive;

/**
 * Why a request was not stored, in HTTP's words and in gRPC's.
 *
 * <p>OTLP clients send again after 429, 502, 503 and 504, and after {@code UNAVAILABLE}; several
 * also after any {@code RESOURCE_EXHAUSTED}. So "later" is 503 and {@code UNAVAILABLE} (the gateway
 * is full, not the client greedy: 429 would blame it, and Prometheus does not retry 429 by
 * default). Both say that nothing is kept, so that to send again doubles nothing; where that is not
 * known the answer is 504 and {@code DEADLINE_EXCEEDED}, which clients retry too and which says
 * that it "may have completed". What cannot succeed, such as a body too large, is never {@code
 * RESOURCE_EXHAUSTED}. Source: OTLP 1.x, "Failures" and "Throttling"; gRPC, {@code statuscodes.md}
 * and {@code compression.md}.
 */
enum Reason {
  MALFORMED("malformed", 400, GrpcCode.INVALID_ARGUMENT),
  TOO_LARGE("too_large", 413, GrpcCode.INVALID_ARGUMENT),
  RETRY_LATER("retry_later", 503, GrpcCode.UNAVAILABLE),
  /** All of it was taken in and its answer did not come in time: it may be kept or not. */
  MAYBE_KEPT("maybe_kept", 504, GrpcCode.DEADLINE_EXCEEDED),
  UNAUTHENTICATED("unauthenticated", 401, GrpcCode.UNAUTHENTICATED),
  UNSUPPORTED("unsupported", 415, GrpcCode.UNIMPLEMENTED),
  NO_SUCH_ENDPOINT("no_such_endpoint", 404, GrpcCode.UNIMPLEMENTED),
  NOT_A_POST("not_a_post", 405, GrpcCode.UNIMPLEMENTED),
  /** A gRPC frame whose flags contradict its headers. */
  BAD_FLAGS("malformed", 400, GrpcCode.INTERNAL),
  /** No message, or more than one, in a call that takes one. */
  NOT_ONE_MESSAGE("malformed", 400, GrpcCode.UNIMPLEMENTED);

  /** The value of the metrics' {@code outcome} label. */
  final String label;

  final int httpStatus;
  final GrpcCode grpcCode;

  Reason(String label, int httpStatus, GrpcCode grpcCode) {
    this.label = label;
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
  }
}
