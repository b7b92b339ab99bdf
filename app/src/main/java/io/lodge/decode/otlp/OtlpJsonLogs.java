package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import tools.jackson.core.TokenStreamFactory;

/**
 * {@code ExportLogsServiceRequest} in OTLP's JSON → rows: proto3's JSON mapping with ids in
 * hexadecimal. Members may have their proto names, and come in any order.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 *
 * <p>Source: OTLP specification, "JSON Protobuf Encoding".
 */
public final class OtlpJsonLogs implements BodyDecoder {
  /** Longer strings refuse the body, before they are read: they would take memory several times. */
  private static final int STRING_PER_RECORD_MAX = 2;

  private final int recordBytesMax;
  private final TokenStreamFactory factory;
  private final LogScratch scratch = new LogScratch();
  private final SourceFields resource = scratch.resource;
  private final JsonValueReader resourceValues = new JsonValueReader(resource.text);
  private final SourceFields scope = scratch.scope;
  private final JsonValueReader scopeValues = new JsonValueReader(scope.text);
  private final JsonRecordReader records = new JsonRecordReader();

  /**
   * @param recordBytesMax larger records go to the dead letters
   */
  public OtlpJsonLogs(int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
    factory =
        JsonReader.factory(
            (int) Math.min(Integer.MAX_VALUE, (long) STRING_PER_RECORD_MAX * recordBytesMax));
  }

  /**
   * Appends all records of the body to the lanes.
   *
   * @throws MalformedPayloadException if the body is not valid JSON or has a value of the wrong
   *     type; rows may have been appended by then, and the caller rolls the lanes back
   */
  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    LogRows rows = new LogRows(payload, lanes, decoded, scratch);
    resourceValues.reset();
    scopeValues.reset();
    records.reset();
    try (JsonReader in = new JsonReader(factory, body)) {
      in.next();
      in.enterObject();
      for (String name = in.nextMember(); name != null; name = in.nextMember()) {
        switch (name) {
          case "resourceLogs", "resource_logs" -> {
            in.enterArray();
            while (in.nextElement()) {
              resourceLogs(in, rows);
            }
          }
          default -> in.skip();
        }
      }
      in.end();
    }
  }

  private void resourceLogs(JsonReader in, LogRows rows) throws MalformedPayloadException {
    rows.beginResource();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "resource" -> {
          resource(in);
          rejectIfTooDeep(in, resourceValues, resource, rows.resourceHasRecords());
        }
        case "schemaUrl", "schema_url" -> schemaUrl(in, resource);
        case "scopeLogs", "scope_logs" -> {
          in.enterArray();
          while (in.nextElement()) {
            scopeLogs(in, rows);
          }
        }
        default -> in.skip();
      }
    }
    rows.endResource(in.bytes());
  }

  private void resource(JsonReader in) throws MalformedPayloadException {
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "attributes" -> resourceValues.keyValues(in, resource.attributes);
        case "droppedAttributesCount", "dropped_attributes_count" ->
            resource.droppedAttributes = in.uint32();
        default -> in.skip();
      }
    }
  }

  private void scopeLogs(JsonReader in, LogRows rows) throws MalformedPayloadException {
    rows.beginScope();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "scope" -> {
          scope(in);
          rejectIfTooDeep(in, scopeValues, scope, rows.scopeHasRecords());
        }
        case "schemaUrl", "schema_url" -> schemaUrl(in, scope);
        case "logRecords", "log_records" -> {
          in.enterArray();
          while (in.nextElement()) {
            logRecord(in, rows);
          }
        }
        default -> in.skip();
      }
    }
    rows.endScope(in.bytes());
  }

  private void scope(JsonReader in) throws MalformedPayloadException {
    in.enterObject();
    ByteSink text = scope.text;
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      int from = text.length();
      switch (name) {
        case "name" -> {
          in.string(text);
          scope.nameAt = ~from;
          scope.nameLength = text.length() - from;
        }
        case "version" -> {
          in.string(text);
          scope.versionAt = ~from;
          scope.versionLength = text.length() - from;
        }
        case "attributes" -> scopeValues.keyValues(in, scope.attributes);
        case "droppedAttributesCount", "dropped_attributes_count" ->
            scope.droppedAttributes = in.uint32();
        default -> in.skip();
      }
    }
  }

  private static void schemaUrl(JsonReader in, SourceFields source)
      throws MalformedPayloadException {
    int from = source.text.length();
    in.string(source.text);
    source.schemaUrlAt = ~from;
    source.schemaUrlLength = source.text.length() - from;
  }

  private void logRecord(JsonReader in, LogRows rows) throws MalformedPayloadException {
    int from = in.tokenFrom();
    LogFields fields = records.read(in);
    int length = in.tokenTo() - from;
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.record(fields, in.bytes(), from, length, in.offsetOf(from));
  }

  /** As in {@link OtlpProtobufLogs}. */
  private static void rejectIfTooDeep(
      JsonReader in, JsonValueReader values, SourceFields source, boolean late)
      throws MalformedPayloadException {
    if (values.takeTooDeep()) {
      if (late) {
        throw in.malformed("a resource or scope behind its records is nested too deep");
      }
      source.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
  }
}
