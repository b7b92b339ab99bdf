package io.lodge.bench;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lodge.block.LittleEndian;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A serialized request whose times can be set in place, so that a few dozen bodies serve a run of
 * any length without a client that costs more than the server.
 */
final class Body {
  /** Where it is posted to. */
  final String path;

  /** The value of {@code content-type}, and further headers behind it. */
  final String contentType;

  final byte[] bytes;
  final int records;
  private final int[] timeOffsets;
  private final long[] timeDeltas;

  /**
   * @param baseUnixNanos the time that the request's times are relative to
   */
  Body(byte[] bytes, int records, long baseUnixNanos) throws IOException {
    path = "/v1/logs";
    contentType = "application/x-protobuf";
    this.bytes = bytes;
    this.records = records;
    timeOffsets = timeOffsets(bytes);
    timeDeltas =
        IntStream.of(timeOffsets)
            .mapToLong(at -> LittleEndian.getLong(bytes, at) - baseUnixNanos)
            .toArray();
  }

  /** A body whose times stay as they are. */
  static Body fixed(String path, String contentType, byte[] bytes, int records) {
    return new Body(path, contentType, bytes, records, new int[0], new long[0]);
  }

  /** Moves all records to this time. */
  void setTime(long unixNanos) {
    for (int i = 0; i < timeOffsets.length; i++) {
      LittleEndian.putLong(bytes, timeOffsets[i], unixNanos + timeDeltas[i]);
    }
  }

  /** Where the fixed64 fields of log records lie: time (1) and observed time (11). */
  private static int[] timeOffsets(byte[] bytes) throws IOException {
    IntStream.Builder offsets = IntStream.builder();
    walk(CodedInputStream.newInstance(bytes), 0, offsets);
    return offsets.build().toArray();
  }

  private static void walk(CodedInputStream in, int depth, IntStream.Builder offsets)
      throws IOException {
    // request → resource_logs (1) → scope_logs (2) → log_records (2) → times
    int[] path = {1, 2, 2};
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      if (depth < path.length && field == path[depth]) {
        int limit = in.pushLimit(in.readRawVarint32());
        walk(in, depth + 1, offsets);
        in.popLimit(limit);
      } else {
        if (depth == path.length && (field == 1 || field == 11)) {
          offsets.add(in.getTotalBytesRead());
        }
        in.skipField(tag);
      }
    }
  }

  /** A copy, for another connection. */
  Body copy() {
    byte[] copied = Arrays.copyOf(bytes, bytes.length);
    return new Body(path, contentType, copied, records, timeOffsets, timeDeltas);
  }

  private Body(
      String path,
      String contentType,
      byte[] bytes,
      int records,
      int[] timeOffsets,
      long[] timeDeltas) {
    this.path = path;
    this.contentType = contentType;
    this.bytes = bytes;
    this.records = records;
    this.timeOffsets = timeOffsets;
    this.timeDeltas = timeDeltas;
  }
}
