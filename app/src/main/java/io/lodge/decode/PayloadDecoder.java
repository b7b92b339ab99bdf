package io.lodge.decode;

import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.analytics.AnalyticsEvents;
import io.lodge.decode.events.ElasticsearchBulk;
import io.lodge.decode.events.JsonEvents;
import io.lodge.decode.ledger.LedgerReceipts;
import io.lodge.decode.loki.LokiJson;
import io.lodge.decode.loki.LokiProtobuf;
import io.lodge.decode.otlp.OtlpJsonLogs;
import io.lodge.decode.otlp.OtlpJsonMetrics;
import io.lodge.decode.otlp.OtlpJsonTraces;
import io.lodge.decode.otlp.OtlpProtobufLogs;
import io.lodge.decode.otlp.OtlpProtobufMetrics;
import io.lodge.decode.otlp.OtlpProtobufTraces;
import io.lodge.decode.prometheus.WriteV1;
import io.lodge.decode.prometheus.WriteV2;
import io.lodge.decode.syslog.SyslogLogs;
import io.lodge.decode.zipkin.ZipkinJson;
import io.lodge.decode.zipkin.ZipkinProtobuf;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.util.EnumMap;
import java.util.Map;

/**
 * Any payload → rows in lanes: decompresses the body and hands it to the reader of its kind.
 *
 * <p>Reused from payload to payload, with the scratch memory of all readers; belongs to one thread.
 */
public final class PayloadDecoder {
  private final int recordBytesMax;
  private final Rules rules;
  private final Decompressor decompressor;
  private final Map<PayloadKind, BodyDecoder> decoders = new EnumMap<>(PayloadKind.class);

  /** A decoder under these limits and rules. */
  public PayloadDecoder(DecoderLimits limits, Rules rules) {
    this(limits.decompressedBytesMax(), limits.recordBytesMax(), rules);
  }

  /**
   * @param decompressedBytesMax the most a body may have when decompressed
   * @param recordBytesMax larger records go to the dead letters
   * @param rules what else decides about rows
   */
  public PayloadDecoder(int decompressedBytesMax, int recordBytesMax, Rules rules) {
    this.rules = rules;
    this.recordBytesMax = recordBytesMax;
    decompressor = new Decompressor(decompressedBytesMax);
  }

  /**
   * Appends every record of the payload to a lane: its table's, or the dead letters.
   *
   * <p>After an exception rows of the payload may be in the lanes. The caller marks the lanes
   * before and rolls them back then; nothing of the payload is left.
   *
   * @param decoded to which this adds what came of the records
   * @throws MalformedPayloadException if the body is not what its kind says
   * @throws BodyTooLargeException if the body passes the limit when decompressed
   */
  public void decode(Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException, BodyTooLargeException {
    Body body = decompressor.decompress(payload);
    try {
      decoder(payload.kind()).decode(body, payload, lanes, decoded);
    } catch (TooManyRowsException e) {
      throw new BodyTooLargeException(e);
    }
  }

  /** What else decides about rows; every decoder that follows rules is given them. */
  Rules rules() {
    return rules;
  }

  private BodyDecoder decoder(PayloadKind kind) {
    return decoders.computeIfAbsent(kind, this::decoderOf);
  }

  private BodyDecoder decoderOf(PayloadKind kind) {
    return switch (kind) {
      case OTLP_LOGS_PROTOBUF -> new OtlpProtobufLogs(recordBytesMax, rules.routing());
      case OTLP_LOGS_JSON -> new OtlpJsonLogs(recordBytesMax, rules.routing());
      case OTLP_TRACES_PROTOBUF -> new OtlpProtobufTraces(recordBytesMax, rules.routing());
      case OTLP_TRACES_JSON -> new OtlpJsonTraces(recordBytesMax, rules.routing());
      case OTLP_METRICS_PROTOBUF -> new OtlpProtobufMetrics(recordBytesMax);
      case OTLP_METRICS_JSON -> new OtlpJsonMetrics(recordBytesMax);
      case LOKI_PROTOBUF -> new LokiProtobuf(recordBytesMax, rules.routing());
      case LOKI_JSON -> new LokiJson(recordBytesMax, rules.routing());
      case PROMETHEUS_WRITE_V1 -> new WriteV1(recordBytesMax);
      case PROMETHEUS_WRITE_V2 -> new WriteV2(recordBytesMax);
      case ZIPKIN_JSON -> new ZipkinJson(recordBytesMax, rules.routing());
      case ZIPKIN_PROTOBUF -> new ZipkinProtobuf(recordBytesMax, rules.routing());
      case JSON_EVENTS -> new JsonEvents(recordBytesMax, rules.routing());
      case ELASTICSEARCH_BULK -> new ElasticsearchBulk(recordBytesMax, rules.routing());
      case ANALYTICS_ROWS -> AnalyticsEvents.rows(recordBytesMax, rules);
      case ANALYTICS_CAPTURE -> AnalyticsEvents.capture(recordBytesMax, rules);
      case SYSLOG -> new SyslogLogs(recordBytesMax, rules.routing());
      case KAFKA_RANGES -> (body, payload, lanes, decoded) -> {};
      case KAFKA_UNREADABLE -> new UnreadableRecord();
      case DEAD_LETTER -> new ReplayedLetter(this::decoder);
      case LEDGER_RECEIPTS -> new LedgerReceipts();
    };
  }
}
