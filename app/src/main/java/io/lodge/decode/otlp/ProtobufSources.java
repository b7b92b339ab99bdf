package io.lodge.decode.otlp;

import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.SourceFields;
import io.lodge.decode.rows.SourceRows;
import io.lodge.decode.rows.SourceScratch;
import io.lodge.decode.wire.WireReader;

/**
 * Walks the resources and scopes of a request in protobuf. The messages of logs, traces and metrics
 * are alike down to the record: {@code ResourceLogs}, {@code ResourceSpans} and {@code
 * ResourceMetrics} have the same field numbers, and so have their scopes.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
final class ProtobufSources {
  private static final int BYTES_FIELD_1 = 1 << 3 | 2;
  private static final int BYTES_FIELD_2 = 2 << 3 | 2;
  private static final int BYTES_FIELD_3 = 3 << 3 | 2;
  private static final int DROPPED_OF_RESOURCE = 2 << 3;
  private static final int DROPPED_OF_SCOPE = 4 << 3;

  private final WireReader in;
  private final SourceFields resource;
  private final AnyValueReader resourceValues;
  private final SourceFields scope;
  private final AnyValueReader scopeValues;

  /** Reads what the scopes hold: log records, spans, metrics. */
  interface Records {

    /** Reads the message that begins here and ends at {@code to}, and leaves the reader there. */
    void read(int to) throws MalformedPayloadException;
  }

  ProtobufSources(WireReader in, SourceScratch scratch) {
    this.in = in;
    resource = scratch.resource;
    resourceValues = new AnyValueReader(in, resource.text);
    scope = scratch.scope;
    scopeValues = new AnyValueReader(in, scope.text);
  }

  /** Walks the whole body, telling {@code rows} where resources and scopes begin and end. */
  void walk(Body body, SourceRows rows, Records records) throws MalformedPayloadException {
    resourceValues.reset();
    scopeValues.reset();
    in.open(body.bytes(), body.offset(), body.length());
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == BYTES_FIELD_1) {
        int length = in.length();
        ofResource(in.at() + length, rows, records);
      } else {
        in.skip(tag);
      }
    }
  }

  private void ofResource(int to, SourceRows rows, Records records)
      throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    rows.beginResource();
    boolean known = !rows.asksSources();
    boolean readAhead = false;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case BYTES_FIELD_1 -> {
          int length = in.length();
          if (readAhead) {
            in.skipTo(in.at() + length);
            continue;
          }
          resource(in.at() + length);
          rejectIfTooDeep(resourceValues, resource, rows.resourceHasRecords());
          known = true;
        }
        case BYTES_FIELD_2 -> {
          int length = in.length();
          if (!known) {
            readAhead(in.at() + length, to, this::resource);
            rejectIfTooDeep(resourceValues, resource, false);
            known = true;
            readAhead = true;
          }
          ofScope(in.at() + length, rows, records);
        }
        case BYTES_FIELD_3 -> {
          resource.schemaUrlLength = in.length();
          resource.schemaUrlAt = in.at();
          in.skipTo(resource.schemaUrlAt + resource.schemaUrlLength);
        }
        default -> in.skip(tag);
      }
    }
    rows.endResource(in.bytes());
    in.window(to, outer);
  }

  /** Reads a resource or scope message up to an index. */
  private interface Source {
    void read(int to) throws MalformedPayloadException;
  }

  /**
   * Rules ask for the resource and the scope before their records; field 1 may come behind them, or
   * not at all. Reads every one from {@code from} up to {@code to}, then goes back.
   */
  private void readAhead(int from, int to, Source source) throws MalformedPayloadException {
    int back = in.at();
    in.window(from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == BYTES_FIELD_1) {
        int length = in.length();
        source.read(in.at() + length);
      } else {
        in.skip(tag);
      }
    }
    in.window(back, to);
  }

  private void resource(int to) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case BYTES_FIELD_1 -> {
          int length = in.length();
          resourceValues.keyValue(in.at() + length, resource.attributes);
        }
        case DROPPED_OF_RESOURCE -> resource.droppedAttributes = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
  }

  private void ofScope(int to, SourceRows rows, Records records) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    rows.beginScope();
    boolean known = !rows.asksSources();
    boolean readAhead = false;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case BYTES_FIELD_1 -> {
          int length = in.length();
          if (readAhead) {
            in.skipTo(in.at() + length);
            continue;
          }
          scope(in.at() + length);
          rejectIfTooDeep(scopeValues, scope, rows.scopeHasRecords());
          known = true;
        }
        case BYTES_FIELD_2 -> {
          int length = in.length();
          if (!known) {
            readAhead(in.at() + length, to, this::scope);
            rejectIfTooDeep(scopeValues, scope, false);
            known = true;
            readAhead = true;
          }
          records.read(in.at() + length);
        }
        case BYTES_FIELD_3 -> {
          scope.schemaUrlLength = in.length();
          scope.schemaUrlAt = in.at();
          in.skipTo(scope.schemaUrlAt + scope.schemaUrlLength);
        }
        default -> in.skip(tag);
      }
    }
    rows.endScope(in.bytes());
    in.window(to, outer);
  }

  private void scope(int to) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case BYTES_FIELD_1 -> {
          scope.nameLength = in.length();
          scope.nameAt = in.at();
          in.skipTo(scope.nameAt + scope.nameLength);
        }
        case BYTES_FIELD_2 -> {
          scope.versionLength = in.length();
          scope.versionAt = in.at();
          in.skipTo(scope.versionAt + scope.versionLength);
        }
        case BYTES_FIELD_3 -> {
          int length = in.length();
          scopeValues.keyValue(in.at() + length, scope.attributes);
        }
        case DROPPED_OF_SCOPE -> scope.droppedAttributes = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
  }

  /**
   * A source that is too deep makes dead letters of its records. Behind them it is too late for
   * that, and the body is refused; no serializer writes that.
   */
  private void rejectIfTooDeep(AnyValueReader values, SourceFields source, boolean late)
      throws MalformedPayloadException {
    if (values.takeTooDeep()) {
      if (late) {
        throw in.malformed("a resource or scope behind its records is nested too deep");
      }
      source.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
  }
}
