package io.lodge.receive;

/** The status codes this gateway sends. Source: gRPC, {@code statuscodes.md}. */
enum GrpcCode {
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14),
  UNAUTHENTICATED(16);

  final int number;

  GrpcCode(int number) {
    this.number = number;
  }
}
