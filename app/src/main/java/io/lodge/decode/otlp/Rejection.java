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

  static Rejection noTraceId() {
    return new Rejection("missing_trace_id", "a span needs a trace id that is not all zeros");
  }

  static Rejection noSpanId() {
    return new Rejection("missing_span_id", "a span needs a span id that is not all zeros");
  }

  static Rejection parentSpanId(int lengthBytes) {
    return new Rejection(
        "invalid_parent_span_id",
        "unexpected parent span id; got %d bytes want 8 or none".formatted(lengthBytes));
  }

  static Rejection parentSpanIdText() {
    return new Rejection(
        "invalid_parent_span_id", "unexpected parent span id; want 16 hexadecimal digits or none");
  }

  static Rejection link() {
    return new Rejection(
        "invalid_link", "unexpected ids of a link; want 16 bytes of trace id and 8 of span id");
  }

  static Rejection buckets(int counts, int bounds) {
    return new Rejection(
        "invalid_buckets",
        "unexpected counts of buckets; got %d with %d bounds want one more than bounds"
            .formatted(counts, bounds));
  }

  static Rejection exemplar() {
    return new Rejection(
        "invalid_exemplar",
        "unexpected ids of an exemplar; want 16 bytes of trace id and 8 of span id");
  }

  /** The same, and where. */
  Rejection in(String place) {
    return new Rejection(reason, detail + ", in " + place);
  }

  static Rejection tooMany(String what, int max) {
    return new Rejection("too_many_" + what, "a record has more than %d %s".formatted(max, what));
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
