package io.lodge.decode.letter;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.JsonText;
import io.lodge.model.PayloadKind;
import io.lodge.model.SyslogFrame;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What can be sent again of a dead letter. */
public sealed interface LetterRequest {

  /** A body with the record alone, in what it lay in. */
  record Whole(PayloadKind kind, String context, byte[] body) implements LetterRequest {}

  /** The letter does not hold enough. */
  record Unfit(String why) implements LetterRequest {}

  /** Of a series whose other parts were stored: it would store them twice. */
  Set<String> PARTS_OF_A_SERIES = Set.of("invalid_histogram", "invalid_exemplar");

  /**
   * Makes the request.
   *
   * @param as what a record is whose letter does not say: one that a Kafka topic held
   */
  static LetterRequest of(Letter letter, Optional<PayloadKind> as) {
    Optional<PayloadKind> known = PayloadKind.labelled(letter.kind());
    if (letter.record().length == 0) {
      return new Unfit("its record was not kept");
    }
    if (known.isEmpty()) {
      return new Unfit("this build knows no kind " + letter.kind());
    }
    try {
      return of(known.get(), letter, as);
    } catch (IllegalArgumentException notKept) {
      return new Unfit(String.valueOf(notKept.getMessage()));
    }
  }

  private static LetterRequest of(PayloadKind kind, Letter letter, Optional<PayloadKind> as) {
    byte[] record = letter.record();
    return switch (kind) {
      case OTLP_LOGS_PROTOBUF, OTLP_TRACES_PROTOBUF ->
          whole(kind, letter, OtlpProtobufRequest.of(letter, record));
      case OTLP_METRICS_PROTOBUF ->
          whole(kind, letter, OtlpProtobufRequest.of(letter, OtlpProtobufRequest.metric(letter)));
      case OTLP_LOGS_JSON, OTLP_TRACES_JSON, OTLP_METRICS_JSON ->
          whole(kind, letter, OtlpJsonRequest.of(kind, letter));
      case LOKI_PROTOBUF -> whole(kind, letter, lokiProtobuf(letter));
      case LOKI_JSON -> whole(kind, letter, lokiJson(letter));
      case PROMETHEUS_WRITE_V1 ->
          PARTS_OF_A_SERIES.contains(letter.reason())
              ? new Unfit("the other parts of its series are stored")
              : whole(kind, letter, new ProtobufSink().bytes(1, record).toByteArray());
      case PROMETHEUS_WRITE_V2 -> new Unfit("the symbols that its series refers to were not kept");
      case ZIPKIN_JSON -> whole(kind, letter, join("[", record, "]"));
      case ZIPKIN_PROTOBUF ->
          whole(kind, letter, new ProtobufSink().bytes(1, record).toByteArray());
      case JSON_EVENTS -> whole(kind, letter, record);
      case ELASTICSEARCH_BULK -> whole(kind, letter, bulk(letter));
      case ANALYTICS_ROWS, ANALYTICS_CAPTURE -> new Unfit("its record was not kept");
      case SYSLOG -> whole(kind, letter, syslog(letter));
      case KAFKA_UNREADABLE ->
          as.isPresent()
              ? new Whole(as.get(), "", record)
              : new Unfit("a record of Kafka does not say what it is; say it with --as KIND");
      case KAFKA_RANGES, LEDGER_RECEIPTS, DEAD_LETTER -> new Unfit("it is no record");
    };
  }

  private static LetterRequest whole(PayloadKind kind, Letter letter, byte[] body) {
    return new Whole(kind, letter.context(), body);
  }

  private static byte[] lokiProtobuf(Letter letter) {
    byte[] labels = letter.parent().getBytes(StandardCharsets.UTF_8);
    ProtobufSink stream = new ProtobufSink().bytes(1, labels).bytes(2, letter.record());
    return new ProtobufSink().message(1, stream).toByteArray();
  }

  /** An entry of Loki before 1.0 is an object, and its labels are text. */
  private static byte[] lokiJson(Letter letter) {
    boolean old = letter.record()[0] == '{';
    String labels = letter.parent().isEmpty() ? "{}" : letter.parent();
    String before =
        "{\"streams\":[{\"%s\":%s,\"%s\":["
            .formatted(
                labels.startsWith("{") ? "stream" : "labels", labels, old ? "entries" : "values");
    return join(before, letter.record(), "]}]}");
  }

  private static byte[] bulk(Letter letter) {
    ByteSink action = new ByteSink(64);
    byte[] index = letter.parent().getBytes(StandardCharsets.UTF_8);
    JsonText.putAscii(action, "{\"create\":{\"_index\":");
    JsonText.putQuoted(action, index, 0, index.length);
    JsonText.putAscii(action, "}}\n");
    String line = new String(action.array(), 0, action.length(), StandardCharsets.UTF_8);
    return join(line, letter.record(), "\n");
  }

  private static byte[] syslog(Letter letter) {
    byte[] message = letter.record();
    ByteSink frame = new ByteSink(SyslogFrame.HEADER_BYTES + message.length);
    frame.putInt(message.length | (letter.parent().equals("cut") ? SyslogFrame.CUT : 0));
    frame.putBytes(message, 0, message.length);
    return ProtobufSink.copy(frame);
  }

  /** The record between two texts. */
  static byte[] join(String before, byte[] record, String behind) {
    ByteSink all = new ByteSink(before.length() + record.length + behind.length());
    byte[] first = before.getBytes(StandardCharsets.UTF_8);
    byte[] last = behind.getBytes(StandardCharsets.UTF_8);
    all.putBytes(first, 0, first.length);
    all.putBytes(record, 0, record.length);
    all.putBytes(last, 0, last.length);
    return ProtobufSink.copy(all);
  }
}
