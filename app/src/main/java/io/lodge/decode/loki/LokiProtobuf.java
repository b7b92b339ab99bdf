package io.lodge.decode.loki;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/** {@code logproto.PushRequest} → rows. Reused from payload to payload; belongs to one thread. */
public final class LokiProtobuf implements BodyDecoder {
  private static final int STREAMS = 1 << 3 | 2;
  private static final int LABELS = 1 << 3 | 2;
  private static final int ENTRIES = 2 << 3 | 2;
  private static final int TIMESTAMP = 1 << 3 | 2;
  private static final int LINE = 2 << 3 | 2;
  private static final int METADATA = 3 << 3 | 2;
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;
  private static final int NAME = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final int recordBytesMax;
  private final WireReader in = new WireReader();
  private final LokiRows.Scratch scratch;
  private final PushedStream stream;
  private final LabelText labels;

  /**
   * @param recordBytesMax larger entries go to the dead letters
   * @param routing what becomes of the others
   */
  public LokiProtobuf(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new LokiRows.Scratch(routing);
    stream = scratch.stream;
    labels = new LabelText(stream.labels, stream.text);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    LokiRows rows = new LokiRows(payload, lanes, decoded, scratch, recordBytesMax);
    in.open(body.bytes(), body.offset(), body.length());
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == STREAMS) {
        int length = in.length();
        stream(in.at() + length, rows, payload.receivedUnixNanos());
      } else {
        in.skip(tag);
      }
    }
  }

  private void stream(int to, LokiRows rows, long received) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    rows.beginStream();
    int labelsAt = 0;
    int labelsLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case LABELS -> {
          labelsLength = in.length();
          labelsAt = in.at();
          in.skipTo(labelsAt + labelsLength);
        }
        case ENTRIES -> {
          int length = in.length();
          rows.countEntry();
          entry(in.at() + length, received);
        }
        default -> in.skip(tag);
      }
    }
    stream.labelsFrom = labelsAt;
    stream.labelsLength = labelsLength;
    stream.problem = labels.read(in.bytes(), labelsAt, labelsLength);
    rows.endStream(in.bytes());
    in.window(to, outer);
  }

  private void entry(int to, long received) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    long unixNanos = received;
    int lineAt = 0;
    int lineLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TIMESTAMP -> {
          int length = in.length();
          unixNanos = timestamp(in.at() + length);
        }
        case LINE -> {
          lineLength = in.length();
          lineAt = in.at();
          in.skipTo(lineAt + lineLength);
        }
        case METADATA -> {
          int length = in.length();
          pair(in.at() + length);
        }
        default -> in.skip(tag);
      }
    }
    stream.addEntry(unixNanos, lineAt, lineLength, from, to - from, in.offsetOf(from));
    in.window(to, outer);
  }

  /** Nanoseconds since 1970; what a long cannot hold is as far away as it can be. */
  private long timestamp(int to) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    long seconds = 0;
    int nanos = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case SECONDS -> seconds = in.varint();
        case NANOS -> nanos = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    if (Math.abs(seconds / 2) > Long.MAX_VALUE / NANOS_PER_SECOND / 2 - 4) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }

  private void pair(int to) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    int nameAt = 0;
    int nameLength = 0;
    int valueAt = 0;
    int valueLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case NAME -> {
          nameLength = in.length();
          nameAt = in.at();
          in.skipTo(nameAt + nameLength);
        }
        case VALUE -> {
          valueLength = in.length();
          valueAt = in.at();
          in.skipTo(valueAt + valueLength);
        }
        default -> in.skip(tag);
      }
    }
    stream.metadata.add(nameAt, nameLength, valueAt, valueLength);
    in.window(to, outer);
  }
}
