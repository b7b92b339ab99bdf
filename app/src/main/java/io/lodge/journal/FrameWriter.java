package io.lodge.journal;

import io.lodge.model.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes frames through one staging buffer: a small frame is one write, and nothing is allocated.
 * Used by one thread.
 */
final class FrameWriter {
  private static final int STAGING_BYTES = 256 << 10;

  /** Where the frame's length is in {@link #head}: after the segment's id and the offset. */
  private static final int LENGTH_AT = 24;

  private static final int REST_AT = LENGTH_AT + 4;

  private final ByteBuffer staging =
      ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** What the CRC covers, up to the body: id and offset, which are not written, length, fields. */
  private final ByteBuffer head =
      ByteBuffer.allocate(REST_AT + Format.BODILESS_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);

  private final CRC32C crc = new CRC32C();
  private String tenant = "";
  private String context = "";
  private byte[] names = {};
  private int tenantLength;

  /** Puts the id and offset a frame's CRC begins with. */
  static void putPlace(ByteBuffer into, SegmentId id, long offset) {
    into.putInt(id.gateway()).putInt(id.sequence()).putLong(id.epoch()).putLong(offset);
  }

  /** How long the payload's frame is. */
  long payloadBytes(Payload payload) {
    return Format.PREFIX_BYTES
        + (long) Format.PAYLOAD_FIXED_BYTES
        + names(payload).length
        + payload.length();
  }

  /** The tenant and, if there is one, the context behind its length; mostly the last payload's. */
  private byte[] names(Payload payload) {
    if (!payload.tenant().equals(tenant) || !payload.context().equals(context)) {
      byte[] tenantBytes = payload.tenant().getBytes(StandardCharsets.UTF_8);
      byte[] contextBytes = payload.context().getBytes(StandardCharsets.UTF_8);
      requireLimits(tenantBytes.length, contextBytes.length);
      int rest = contextBytes.length == 0 ? 0 : 1 + contextBytes.length;
      names = Arrays.copyOf(tenantBytes, tenantBytes.length + rest);
      if (rest > 0) {
        names[tenantBytes.length] = (byte) contextBytes.length;
        System.arraycopy(contextBytes, 0, names, tenantBytes.length + 1, contextBytes.length);
      }
      tenantLength = tenantBytes.length;
      tenant = payload.tenant();
      context = payload.context();
    }
    return names;
  }

  private static void requireLimits(int tenantBytes, int contextBytes) {
    if (tenantBytes > Format.TENANT_BYTES_MAX || contextBytes > Format.CONTEXT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "unexpected payload; got a tenant of %d B and a context of %d B, want at most %d B and %d B"
              .formatted(
                  tenantBytes, contextBytes, Format.TENANT_BYTES_MAX, Format.CONTEXT_BYTES_MAX));
    }
  }

  /** Appends a payload at {@code offset}, the end of the file. */
  void payload(DiskWriter to, SegmentId id, long offset, Payload payload) throws IOException {
    byte[] namesOf = names(payload);
    begin(id, offset, Format.PAYLOAD_FIXED_BYTES + namesOf.length + payload.length());
    head.put(payload.context().isEmpty() ? Format.PAYLOAD : Format.PAYLOAD_WITH_CONTEXT);
    head.put(payload.kind().id()).put(payload.encoding().id());
    head.put((byte) tenantLength).putLong(payload.receivedUnixNanos()).put(namesOf);
    crc.update(head.array(), 0, head.position());
    crc.update(payload.bytes(), payload.offset(), payload.length());
    stageHead();
    body(to, payload);
    flush(to);
  }

  private void body(DiskWriter to, Payload payload) throws IOException {
    int done = 0;
    while (done < payload.length()) {
      if (!staging.hasRemaining()) {
        flush(to);
      }
      int part = Math.min(staging.remaining(), payload.length() - done);
      staging.put(payload.bytes(), payload.offset() + done, part);
      done += part;
    }
  }

  /** Appends a mark: all before it is on stable storage. */
  void mark(DiskWriter to, SegmentId id, long offset, long payloads) throws IOException {
    begin(id, offset, Format.MARK_LENGTH);
    head.putInt(Format.MARK).putLong(payloads);
    crc.update(head.array(), 0, head.position());
    stageHead();
    flush(to);
  }

  /**
   * Appends the footer.
   *
   * @param kinds a bit for each kind of payload in the segment, by its id
   */
  void footer(DiskWriter to, SegmentId id, long offset, long payloads, long kinds)
      throws IOException {
    begin(id, offset, Format.FOOTER_LENGTH);
    head.putInt(Format.FOOTER).putLong(payloads).putLong(offset).putLong(kinds);
    crc.update(head.array(), 0, head.position());
    stageHead();
    flush(to);
  }

  private void begin(SegmentId id, long offset, int length) {
    crc.reset();
    staging.clear();
    putPlace(head.clear(), id, offset);
    head.putInt(length);
  }

  private void stageHead() {
    staging.putInt(head.getInt(LENGTH_AT)).putInt((int) crc.getValue());
    staging.put(head.array(), REST_AT, head.position() - REST_AT);
  }

  private void flush(DiskWriter to) throws IOException {
    to.append(staging.flip());
    staging.clear();
  }
}
