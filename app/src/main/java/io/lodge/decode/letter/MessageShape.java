package io.lodge.decode.letter;

import io.lodge.model.PayloadKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A protobuf message, as far as it is shown: its fields by their numbers. Sources:
 * opentelemetry-proto 1.x, Loki's {@code push.proto}, {@code zipkin.proto}, Prometheus' {@code
 * types.proto}.
 */
record MessageShape(Map<Integer, Field> fields) {

  /**
   * A field.
   *
   * @param type {@code number} (any width, packed or not), {@code double}, {@code signed} (zigzag),
   *     {@code text}, {@code hex}, or the name of a message
   * @param many whether it is an array
   */
  record Field(String name, String type, boolean many) {}

  /**
   * Each line is a message: its name, and fields as number:name:type, with a + if there are many.
   */
  private static final String SHAPES =
      """
      LogRecord 1:timeUnixNano:number 11:observedTimeUnixNano:number 2:severityNumber:number 3:severityText:text 5:body:AnyValue 6:attributes:KeyValue+ 7:droppedAttributesCount:number 8:flags:number 9:traceId:hex 10:spanId:hex 12:eventName:text
      AnyValue 1:stringValue:text 2:boolValue:number 3:intValue:number 4:doubleValue:double 5:arrayValue:ArrayValue 6:kvlistValue:KeyValueList 7:bytesValue:hex
      ArrayValue 1:values:AnyValue+
      KeyValueList 1:values:KeyValue+
      KeyValue 1:key:text 2:value:AnyValue
      Span 1:traceId:hex 2:spanId:hex 3:traceState:text 4:parentSpanId:hex 16:flags:number 5:name:text 6:kind:number 7:startTimeUnixNano:number 8:endTimeUnixNano:number 9:attributes:KeyValue+ 10:droppedAttributesCount:number 11:events:Event+ 12:droppedEventsCount:number 13:links:Link+ 14:droppedLinksCount:number 15:status:Status
      Event 1:timeUnixNano:number 2:name:text 3:attributes:KeyValue+ 4:droppedAttributesCount:number
      Link 1:traceId:hex 2:spanId:hex 3:traceState:text 4:attributes:KeyValue+ 5:droppedAttributesCount:number 6:flags:number
      Status 2:message:text 3:code:number
      Entry 1:timestamp:Timestamp 2:line:text 3:structuredMetadata:Pair+
      Timestamp 1:seconds:number 2:nanos:number
      Pair 1:name:text 2:value:text
      ZipkinSpan 1:traceId:hex 2:parentId:hex 3:id:hex 4:kind:number 5:name:text 6:timestamp:number 7:duration:number 8:localEndpoint:Endpoint 9:remoteEndpoint:Endpoint 10:annotations:Annotation+ 11:tags:Tag+ 12:debug:number 13:shared:number
      Endpoint 1:serviceName:text 2:ipv4:hex 3:ipv6:hex 4:port:number
      Annotation 1:timestamp:number 2:value:text
      Tag 1:key:text 2:value:text
      TimeSeries 1:labels:Pair+ 2:samples:Sample+ 3:exemplars:Exemplar+
      Sample 1:value:double 2:timestamp:number
      Exemplar 1:labels:Pair+ 2:value:double 3:timestamp:number
      """;

  private static final Map<String, MessageShape> ALL = parse();

  private static Map<String, MessageShape> parse() {
    Map<String, MessageShape> all = new HashMap<>();
    SHAPES
        .lines()
        .forEach(line -> {
          String[] words = line.split(" ", -1);
          Map<Integer, Field> fields = new HashMap<>();
          for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split(":", -1);
            boolean many = parts[2].endsWith("+");
            String type = many ? parts[2].substring(0, parts[2].length() - 1) : parts[2];
            fields.put(Integer.parseInt(parts[0]), new Field(parts[1], type, many));
          }
          all.put(words[0], new MessageShape(fields));
        });
    return all;
  }

  /**
   * The message that a dead letter's record is; empty if records of this kind are none, or not
   * shown so.
   */
  static Optional<MessageShape> ofRecord(PayloadKind kind) {
    return switch (kind) {
      case OTLP_LOGS_PROTOBUF -> named("LogRecord");
      case OTLP_TRACES_PROTOBUF -> named("Span");
      case LOKI_PROTOBUF -> named("Entry");
      case PROMETHEUS_WRITE_V1 -> named("TimeSeries");
      case ZIPKIN_PROTOBUF -> named("ZipkinSpan");
      // A data point does not say which kind of metric it is of.
      case OTLP_METRICS_PROTOBUF, PROMETHEUS_WRITE_V2 -> Optional.empty();
      case OTLP_LOGS_JSON,
          OTLP_TRACES_JSON,
          OTLP_METRICS_JSON,
          LOKI_JSON,
          ZIPKIN_JSON,
          JSON_EVENTS,
          ELASTICSEARCH_BULK,
          ANALYTICS_ROWS,
          ANALYTICS_CAPTURE,
          SYSLOG,
          KAFKA_RANGES,
          KAFKA_UNREADABLE,
          DEAD_LETTER,
          LEDGER_RECEIPTS ->
          Optional.empty();
    };
  }

  static Optional<MessageShape> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  @Nullable Field field(int number) {
    return fields.get(number);
  }
}
