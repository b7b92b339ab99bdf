package io.lodge.decode.otlp;

/**
 * Why a record goes to the dead letters.
 *
 * @param reason one word for a machine
 * @param detail a sentence for a person
 */
record Rejection(String reason, String detail) {

  static Rejection traceId(int lengthBytes) {
    return new Rejection(
        "invalid_trace_id", "unexpected trace id; got %d bytes want 16".formatted(lengthBytes));
  }

  static Rejection spanId(int lengthBytes) {
    return new Rejection(
        "invalid_span_id", "unexpected span id; got %d bytes want 8".formatted(lengthBytes));
  }

  static Rejection traceIdText() {
    return new Rejection("invalid_trace_id", "unexpected trace id; want 32 hexadecimal digits");
  }

  static Rejection spanIdText() {
    return new Rejection("invalid_span_id", "unexpected span id; want 16 hexadecimal digits");
  }

  static Rejection tooLarge(int lengthBytes, int limitBytes) {
    return new Rejection(
        "record_too_large",
        "record of %d bytes is over receive.max_record, %d bytes"
            .formatted(lengthBytes, limitBytes));
  }

  static Rejection tooDeep(int depthMax) {
    return new Rejection(
        "value_too_deep", "a value is nested more than %d deep".formatted(depthMax));
  }
}
