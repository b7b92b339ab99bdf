package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.SourceFields;
import io.lodge.decode.rows.SourceRows;
import io.lodge.decode.rows.SourceScratch;
import io.lodge.decode.wire.JsonReader;
import tools.jackson.core.TokenStreamFactory;

/**
 * Walks the resources and scopes of a request in OTLP's JSON: proto3's JSON mapping with ids in
 * hexadecimal. Members may have their proto names, and come in any order.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 *
 * <p>Source: OTLP specification, "JSON Protobuf Encoding".
 */
final class JsonSources {
  /** Longer strings refuse the body, before they are read: they would take memory several times. */
  private static final int STRING_PER_RECORD_MAX = 2;

  private final Names names;
  private final TokenStreamFactory factory;
  private final SourceFields resource;
  private final JsonValueReader resourceValues;
  private final SourceFields scope;
  private final JsonValueReader scopeValues;

  /**
   * What a signal calls its messages: in JSON, and in the proto.
   *
   * @param resources in the request
   * @param scopes in each of these
   * @param records in each of those
   */
  record Names(
      String resources,
      String resourcesProto,
      String scopes,
      String scopesProto,
      String records,
      String recordsProto) {

    static final Names LOGS =
        new Names(
            "resourceLogs",
            "resource_logs",
            "scopeLogs",
            "scope_logs",
            "logRecords",
            "log_records");

    static final Names TRACES =
        new Names("resourceSpans", "resource_spans", "scopeSpans", "scope_spans", "spans", "spans");

    static final Names METRICS =
        new Names(
            "resourceMetrics",
            "resource_metrics",
            "scopeMetrics",
            "scope_metrics",
            "metrics",
            "metrics");
  }

  /** Reads what the scopes hold: log records, spans, metrics. */
  interface Records {

    /** Reads the object that begins here, up to its end. */
    void read(JsonReader in) throws MalformedPayloadException;
  }

  JsonSources(Names names, int recordBytesMax, SourceScratch scratch) {
    this.names = names;
    factory =
        JsonReader.factory(
            (int) Math.min(Integer.MAX_VALUE, (long) STRING_PER_RECORD_MAX * recordBytesMax));
    resource = scratch.resource;
    resourceValues = new JsonValueReader(resource.text);
    scope = scratch.scope;
    scopeValues = new JsonValueReader(scope.text);
  }

  /** Walks the whole body, telling {@code rows} where resources and scopes begin and end. */
  void walk(Body body, SourceRows rows, Records records) throws MalformedPayloadException {
    resourceValues.reset();
    scopeValues.reset();
    try (JsonReader in = new JsonReader(factory, body)) {
      in.next();
      in.enterObject();
      for (String name = in.nextMember(); name != null; name = in.nextMember()) {
        if (name.equals(names.resources) || name.equals(names.resourcesProto)) {
          in.enterArray();
          while (in.nextElement()) {
            ofResource(in, rows, records);
          }
        } else {
          in.skip();
        }
      }
      in.end();
    }
  }

  private void ofResource(JsonReader in, SourceRows rows, Records records)
      throws MalformedPayloadException {
    rows.beginResource();
    int from = in.tokenFrom();
    boolean known = !rows.asksSources();
    boolean readAhead = false;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      if (readAhead && name.equals("resource")) {
        in.skip();
      } else if (name.equals("resource")) {
        known = true;
        resource(in);
        rejectIfTooDeep(in, resourceValues, resource, rows.resourceHasRecords());
      } else if (name.equals("schemaUrl") || name.equals("schema_url")) {
        schemaUrl(in, resource);
      } else if (name.equals(names.scopes) || name.equals(names.scopesProto)) {
        if (!known) {
          readAhead = readAhead(in, from, "resource");
          rejectIfTooDeep(in, resourceValues, resource, false);
          known = true;
        }
        in.enterArray();
        while (in.nextElement()) {
          ofScope(in, rows, records);
        }
      } else {
        in.skip();
      }
    }
    rows.endResource(in.bytes());
  }

  /**
   * Rules ask for the resource and the scope before their records, where sorted members do not have
   * them: reads the one of this object first, with a reader of its own.
   *
   * @param from the index of the object's brace
   * @return whether it was read; what is not as it should be is left for the reader behind
   */
  private boolean readAhead(JsonReader in, int from, String member) {
    Body rest = new Body(in.bytes(), from, in.to() - from);
    try (JsonReader ahead = new JsonReader(factory, rest)) {
      ahead.next();
      ahead.enterObject();
      for (String name = ahead.nextMember(); name != null; name = ahead.nextMember()) {
        if (!name.equals(member)) {
          ahead.skip();
        } else if (member.equals("resource")) {
          resource(ahead);
        } else {
          scope(ahead);
        }
      }
      return true;
    } catch (MalformedPayloadException e) {
      return false;
    }
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

  private void ofScope(JsonReader in, SourceRows rows, Records records)
      throws MalformedPayloadException {
    rows.beginScope();
    int from = in.tokenFrom();
    boolean known = !rows.asksSources();
    boolean readAhead = false;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      if (readAhead && name.equals("scope")) {
        in.skip();
      } else if (name.equals("scope")) {
        known = true;
        scope(in);
        rejectIfTooDeep(in, scopeValues, scope, rows.scopeHasRecords());
      } else if (name.equals("schemaUrl") || name.equals("schema_url")) {
        schemaUrl(in, scope);
      } else if (name.equals(names.records) || name.equals(names.recordsProto)) {
        if (!known) {
          readAhead = readAhead(in, from, "scope");
          rejectIfTooDeep(in, scopeValues, scope, false);
          known = true;
        }
        in.enterArray();
        while (in.nextElement()) {
          records.read(in);
        }
      } else {
        in.skip();
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

  /** As in {@link ProtobufSources}. */
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
