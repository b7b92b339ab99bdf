package io.lodge.decode.zipkin;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.SpanScratch;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** {@code zipkin.proto3.ListOfSpans} → rows. Reused from payload to payload; one thread. */
public final class ZipkinProtobuf implements BodyDecoder {
  private static final int SPANS = 1 << 3 | 2;
  private static final int TRACE_ID = 1 << 3 | 2;
  private static final int PARENT_ID = 2 << 3 | 2;
  private static final int ID = 3 << 3 | 2;
  private static final int KIND = 4 << 3;
  private static final int NAME = 5 << 3 | 2;
  private static final int TIMESTAMP = 6 << 3 | 1;
  private static final int DURATION = 7 << 3;
  private static final int LOCAL = 8 << 3 | 2;
  private static final int REMOTE = 9 << 3 | 2;
  private static final int ANNOTATIONS = 10 << 3 | 2;
  private static final int TAGS = 11 << 3 | 2;
  private static final int DEBUG = 12 << 3;
  private static final int SHARED = 13 << 3;
  private static final int FIRST_BYTES = 1 << 3 | 2;
  private static final int SECOND_BYTES = 2 << 3 | 2;
  private static final int THIRD_BYTES = 3 << 3 | 2;
  private static final int PORT = 4 << 3;
  private static final int ANNOTATION_TIME = 1 << 3 | 1;

  private final int recordBytesMax;
  private final WireReader in = new WireReader();
  private final ZipkinSpan span = new ZipkinSpan();
  private final SpanScratch scratch;

  /** The text last read. */
  private int at;

  private int length;

  /**
   * @param recordBytesMax larger spans go to the dead letters
   * @param routing what becomes of the others
   */
  public ZipkinProtobuf(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new SpanScratch(routing);
  }

  private interface Field {
    void read(int tag) throws MalformedPayloadException;
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    ZipkinRows rows = new ZipkinRows(payload, lanes, decoded, scratch, recordBytesMax);
    in.open(body.bytes(), body.offset(), body.length());
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag != SPANS) {
        in.skip(tag);
        continue;
      }
      rows.countSpan();
      span.clear();
      bytes();
      Raw raw = new Raw(in.bytes(), at, length, in.offsetOf(at));
      in.skipTo(at);
      message(length, this::field);
      rows.span(span, in.bytes(), raw);
    }
    rows.end(in.bytes());
  }

  /** Reads the fields of a message whose length has been read. */
  private void message(int lengthBytes, Field field) throws MalformedPayloadException {
    int outer = in.end();
    int to = in.at() + lengthBytes;
    in.window(in.at(), to);
    while (in.hasMore()) {
      field.read(in.tag());
    }
    in.window(to, outer);
  }

  /** Finds a text, and passes over it. */
  private void bytes() throws MalformedPayloadException {
    length = in.length();
    at = in.at();
    in.skipTo(at + length);
  }

  private String hex() throws MalformedPayloadException {
    bytes();
    return HexFormat.of().formatHex(in.bytes(), at, at + length);
  }

  private void field(int tag) throws MalformedPayloadException {
    switch (tag) {
      case TRACE_ID -> span.traceId = hex();
      case PARENT_ID -> span.parentId = hex();
      case ID -> span.spanId = hex();
      case KIND -> kind(in.varint());
      case NAME -> {
        bytes();
        span.nameAt = at;
        span.nameLength = length;
      }
      case TIMESTAMP -> span.micros = in.fixed64();
      case DURATION -> span.durationMicros = in.varint();
      case LOCAL -> message(in.length(), field -> endpoint(field, true));
      case REMOTE -> message(in.length(), field -> endpoint(field, false));
      case ANNOTATIONS -> annotation();
      case TAGS -> tag();
      case DEBUG -> flag("zipkin.debug");
      case SHARED -> flag("zipkin.shared");
      default -> in.skip(tag);
    }
  }

  private void kind(long number) {
    ZipkinSpan.Kind[] kinds = ZipkinSpan.Kind.values();
    if (number < 0 || number >= kinds.length) {
      span.problem = "invalid span: kind %d does not exist".formatted(number);
    } else {
      span.kind = kinds[(int) number];
    }
  }

  private void flag(String attribute) throws MalformedPayloadException {
    if (in.varint() != 0) {
      span.addAttribute(attribute, "true");
    }
  }

  private void endpoint(int tag, boolean local) throws MalformedPayloadException {
    switch (tag) {
      case FIRST_BYTES -> {
        bytes();
        if (local) {
          span.serviceAt = at;
          span.serviceLength = length;
        } else {
          int keyAt = span.put(Endpoints.PEER_SERVICE);
          span.attributes.add(~keyAt, Endpoints.PEER_SERVICE.length(), at, length);
        }
      }
      case SECOND_BYTES, THIRD_BYTES -> {
        bytes();
        address(local);
      }
      case PORT -> {
        long port = in.varint();
        if (port != 0) {
          span.addAttribute(Endpoints.portKey(local), Long.toString(port));
        }
      }
      default -> in.skip(tag);
    }
  }

  private void address(boolean local) {
    if (length == 0) {
      return;
    }
    try {
      InetAddress address =
          InetAddress.getByAddress(Arrays.copyOfRange(in.bytes(), at, at + length));
      span.addAttribute(Endpoints.addressKey(local), address.getHostAddress());
    } catch (UnknownHostException e) {
      span.problem = "invalid span: an address has %d bytes".formatted(length);
    }
  }

  private void annotation() throws MalformedPayloadException {
    long[] micros = {0};
    at = 0;
    length = 0;
    message(
        in.length(),
        field -> {
          switch (field) {
            case ANNOTATION_TIME -> micros[0] = in.fixed64();
            case SECOND_BYTES -> bytes();
            default -> in.skip(field);
          }
        });
    span.addAnnotation(micros[0], at, length);
  }

  private void tag() throws MalformedPayloadException {
    int[] key = {0, 0};
    int[] value = {0, 0};
    message(
        in.length(),
        field -> {
          switch (field) {
            case FIRST_BYTES -> found(key);
            case SECOND_BYTES -> found(value);
            default -> in.skip(field);
          }
        });
    span.attributes.add(key[0], key[1], value[0], value[1]);
  }

  private void found(int[] slice) throws MalformedPayloadException {
    bytes();
    slice[0] = at;
    slice[1] = length;
  }
}
