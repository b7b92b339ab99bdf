package io.lodge.decode.zipkin;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.SpanScratch;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;

/** A JSON array of Zipkin v2 spans → rows. Reused from payload to payload; one thread. */
public final class ZipkinJson implements BodyDecoder {
  private final int recordBytesMax;
  private final TokenStreamFactory factory = JsonReader.factory(Integer.MAX_VALUE);
  private final ZipkinSpan span = new ZipkinSpan();
  private final SpanScratch scratch;

  /**
   * @param recordBytesMax larger spans go to the dead letters
   * @param routing what becomes of the others
   */
  public ZipkinJson(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new SpanScratch(routing);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    ZipkinRows rows = new ZipkinRows(payload, lanes, decoded, scratch, recordBytesMax);
    try (JsonReader in = new JsonReader(factory, body)) {
      in.next();
      in.enterArray();
      while (in.nextElement()) {
        rows.countSpan();
        int from = in.tokenFrom();
        span.clear();
        span(in);
        Raw raw = new Raw(in.bytes(), from, in.tokenTo() - from, in.offsetOf(from));
        rows.span(span, in.bytes(), raw);
      }
      in.end();
      rows.end(in.bytes());
    }
  }

  private void span(JsonReader in) throws MalformedPayloadException {
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "traceId" -> span.traceId = in.string();
        case "id" -> span.spanId = in.string();
        case "parentId" -> span.parentId = in.string();
        case "kind" -> span.kind = kind(in.string());
        case "name" -> {
          span.nameAt = ~span.text.length();
          in.string(span.text);
          span.nameLength = span.text.length() - ~span.nameAt;
        }
        case "timestamp" -> span.micros = in.int64();
        case "duration" -> span.durationMicros = in.int64();
        case "localEndpoint" -> endpoint(in, true);
        case "remoteEndpoint" -> endpoint(in, false);
        case "annotations" -> annotations(in);
        case "tags" -> tags(in);
        case "debug" -> flag(in, "zipkin.debug");
        case "shared" -> flag(in, "zipkin.shared");
        default -> in.skip();
      }
    }
  }

  private ZipkinSpan.Kind kind(String name) {
    return switch (name) {
      case "CLIENT" -> ZipkinSpan.Kind.CLIENT;
      case "SERVER" -> ZipkinSpan.Kind.SERVER;
      case "PRODUCER" -> ZipkinSpan.Kind.PRODUCER;
      case "CONSUMER" -> ZipkinSpan.Kind.CONSUMER;
      default -> {
        span.problem = "invalid span: kind '%s' does not exist".formatted(name);
        yield ZipkinSpan.Kind.UNSPECIFIED;
      }
    };
  }

  private void flag(JsonReader in, String attribute) throws MalformedPayloadException {
    if (in.bool()) {
      span.addAttribute(attribute, "true");
    }
  }

  private void endpoint(JsonReader in, boolean local) throws MalformedPayloadException {
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "serviceName" -> service(in, local);
        case "ipv4", "ipv6" -> span.addAttribute(Endpoints.addressKey(local), in.string());
        case "port" -> {
          long port = in.int64();
          if (port != 0) {
            span.addAttribute(Endpoints.portKey(local), Long.toString(port));
          }
        }
        default -> in.skip();
      }
    }
  }

  private void service(JsonReader in, boolean local) throws MalformedPayloadException {
    if (!local) {
      span.addAttribute(Endpoints.PEER_SERVICE, in.string());
      return;
    }
    span.serviceAt = ~span.text.length();
    in.string(span.text);
    span.serviceLength = span.text.length() - ~span.serviceAt;
  }

  private void annotations(JsonReader in) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      long micros = 0;
      int at = span.text.length();
      int length = 0;
      in.enterObject();
      for (@Nullable String name = in.nextMember(); name != null; name = in.nextMember()) {
        switch (name) {
          case "timestamp" -> micros = in.int64();
          case "value" -> {
            at = span.text.length();
            in.string(span.text);
            length = span.text.length() - at;
          }
          default -> in.skip();
        }
      }
      span.addAnnotation(micros, ~at, length);
    }
  }

  private void tags(JsonReader in) throws MalformedPayloadException {
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      int keyAt = span.put(name);
      int valueAt = span.text.length();
      in.string(span.text);
      span.attributes.add(~keyAt, valueAt - keyAt, ~valueAt, span.text.length() - valueAt);
    }
  }
}
