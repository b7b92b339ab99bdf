package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Destination;
import io.lodge.route.Routing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows what routing rules do, record by record, with the very code that follows them. Stores
 * nothing.
 */
public final class RouteTrial {
  private static final int RECORD_BYTES_MAX = 64 << 20;

  private final LogScratch scratch;
  private final JsonSources sources;
  private final JsonRecordReader records = new JsonRecordReader();

  /**
   * What came of one record.
   *
   * @param fired the rules whose condition held, in order
   * @param failed the rules whose condition had no answer
   * @param to where it is stored; empty if it is dropped
   * @param sampleRate how many records it stands for
   * @param before as sent
   * @param after as stored
   */
  public record Result(
      List<String> fired,
      List<String> failed,
      Optional<Destination> to,
      int sampleRate,
      Log before,
      Log after) {}

  /**
   * A log record's parts that rules can change, as text.
   *
   * @param attributes in order
   */
  public record Log(String severity, String body, Map<String, String> attributes) {}

  public RouteTrial(Routing routing) {
    scratch = new LogScratch(routing);
    sources = new JsonSources(JsonSources.Names.LOGS, RECORD_BYTES_MAX, scratch.source);
  }

  /**
   * Routes every record of an {@code ExportLogsServiceRequest} in OTLP's JSON.
   *
   * @throws MalformedPayloadException if it is none
   */
  public List<Result> of(byte[] json) throws MalformedPayloadException {
    Payload payload =
        new Payload(
            PayloadKind.OTLP_LOGS_JSON,
            ContentEncoding.IDENTITY,
            "default",
            "",
            0,
            json,
            0,
            json.length);
    Decoded decoded = new Decoded();
    LogRows rows = new LogRows(payload, new Lanes(), decoded, scratch);
    List<Result> results = new ArrayList<>();
    records.reset();
    sources.walk(
        new Body(json, 0, json.length),
        rows,
        in -> {
          int from = in.tokenFrom();
          LogFields fields = records.read(in);
          scratch.routing.source(rows.resourceNumber(), rows.scopeNumber(), in.bytes());
          results.add(result(fields, in, from, decoded));
        });
    return results;
  }

  private Result result(LogFields fields, JsonReader in, int from, Decoded decoded) {
    byte[] body = in.bytes();
    Log before = log(fields, body);
    decoded.rules().reset();
    Optional<Destination> to =
        Optional.ofNullable(
            scratch.routing.route(fields, body, from, in.tokenTo() - from, in.offsetOf(from)));
    List<String> fired = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    decoded
        .rules()
        .read((name, held, _, broken) -> (broken > 0 && held == 0 ? failed : fired).add(name));
    return new Result(fired, failed, to, scratch.routing.sampleRate(), before, log(fields, body));
  }

  private static Log log(LogFields fields, byte[] body) {
    AttributeSlices slices = fields.attributes;
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < slices.count(); i++) {
      attributes.put(
          text(slices, body, slices.keyAt(i), slices.keyLength(i)),
          text(slices, body, slices.valueAt(i), slices.valueLength(i)));
    }
    String severity =
        text(slices, body, fields.severityTextAt, fields.severityTextLength)
            + " "
            + fields.severityNumber;
    return new Log(
        severity.strip(), text(slices, body, fields.bodyAt, fields.bodyLength), attributes);
  }

  private static String text(AttributeSlices slices, byte[] body, int at, int length) {
    return new String(
        slices.source(body, at), AttributeSlices.index(at), length, StandardCharsets.UTF_8);
  }

  /** A request of one record with this body, whose resource has these attributes. */
  public static byte[] request(Map<String, String> resource, String body) {
    ByteSink out = new ByteSink(256);
    JsonText.putAscii(out, "{\"resourceLogs\":[{\"resource\":{\"attributes\":[");
    boolean first = true;
    for (Map.Entry<String, String> attribute : resource.entrySet()) {
      JsonText.putAscii(out, first ? "{\"key\":" : ",{\"key\":");
      putQuoted(out, attribute.getKey());
      JsonText.putAscii(out, ",\"value\":{\"stringValue\":");
      putQuoted(out, attribute.getValue());
      JsonText.putAscii(out, "}}");
      first = false;
    }
    JsonText.putAscii(out, "]},\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":");
    putQuoted(out, body);
    JsonText.putAscii(out, "}}]}]}]}");
    byte[] request = new byte[out.length()];
    System.arraycopy(out.array(), 0, request, 0, request.length);
    return request;
  }

  private static void putQuoted(ByteSink out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    JsonText.putQuoted(out, utf8, 0, utf8.length);
  }
}
