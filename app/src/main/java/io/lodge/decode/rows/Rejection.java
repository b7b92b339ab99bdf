package io.lodge.decode.rows;

/**
 * Why a record goes to the dead letters.
 *
 * @param reason one word for a machine
 * @param detail a sentence for a person
 */
public record Rejection(String reason, String detail) {

  public static Rejection traceId(int lengthBytes) {
    return new Rejection(
        "invalid_trace_id", "unexpected trace id; got %d bytes want 16".formatted(lengthBytes));
  }

  public static Rejection spanId(int lengthBytes) {
    return new Rejection(
        "invalid_span_id", "unexpected span id; got %d bytes want 8".formatted(lengthBytes));
  }

  public static Rejection traceIdText() {
    return new Rejection("invalid_trace_id", "unexpected trace id; want 32 hexadecimal digits");
  }

  public static Rejection spanIdText() {
    return new Rejection("invalid_span_id", "unexpected span id; want 16 hexadecimal digits");
  }

  public static Rejection noTraceId() {
    return new Rejection("missing_trace_id", "a span needs a trace id that is not all zeros");
  }

  public static Rejection noSpanId() {
    return new Rejection("missing_span_id", "a span needs a span id that is not all zeros");
  }

  public static Rejection parentSpanId(int lengthBytes) {
    return new Rejection(
        "invalid_parent_span_id",
        "unexpected parent span id; got %d bytes want 8 or none".formatted(lengthBytes));
  }

  public static Rejection parentSpanIdText() {
    return new Rejection(
        "invalid_parent_span_id", "unexpected parent span id; want 16 hexadecimal digits or none");
  }

  public static Rejection link() {
    return new Rejection(
        "invalid_link", "unexpected ids of a link; want 16 bytes of trace id and 8 of span id");
  }

  public static Rejection buckets(int counts, int bounds) {
    return new Rejection(
        "invalid_buckets",
        "unexpected counts of buckets; got %d with %d bounds want one more than bounds"
            .formatted(counts, bounds));
  }

  public static Rejection exemplar() {
    return new Rejection(
        "invalid_exemplar",
        "unexpected ids of an exemplar; want 16 bytes of trace id and 8 of span id");
  }

  /** The same, and where. */
  public Rejection in(String place) {
    return new Rejection(reason, detail + ", in " + place);
  }

  public static Rejection tooMany(String what, int max) {
    return new Rejection("too_many_" + what, "a record has more than %d %s".formatted(max, what));
  }

  public static Rejection tooLarge(int lengthBytes, int limitBytes) {
    return new Rejection(
        "record_too_large",
        "record of %d bytes is over receive.max_record, %d bytes"
            .formatted(lengthBytes, limitBytes));
  }

  public static Rejection tooDeep(int depthMax) {
    return new Rejection(
        "value_too_deep", "a value is nested more than %d deep".formatted(depthMax));
  }
}
