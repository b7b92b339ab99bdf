package io.lodge.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment.
 *
 * @param rules the rules its payloads were accepted under
 * @param createdUnixNanos when it was created, nanoseconds since 1970
 */
record SegmentHeader(
    int version, int decoderRevision, SegmentId id, RulesId rules, long createdUnixNanos) {
  private static final int RULES_AT = 40;

  Instant created() {
    return Instant.EPOCH.plusNanos(createdUnixNanos);
  }

  /** The header's bytes. */
  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(Format.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(Format.MAGIC).putInt(version).putInt(decoderRevision);
    bytes.putInt(id.gateway()).putInt(id.sequence()).putLong(id.epoch());
    bytes.putLong(createdUnixNanos).put(rules.toBytes());
    bytes.putInt(Format.HEADER_CRC_AT, crc(bytes.array()));
    return bytes.clear();
  }

  /**
   * Reads a header.
   *
   * @param expected the id that the file's name says
   * @throws DamagedSegmentException if these are not the bytes of a header, or of another segment's
   * @throws JournalFailure if a newer version wrote them
   */
  static SegmentHeader decode(byte[] bytes, int length, SegmentId expected)
      throws DamagedSegmentException {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (length < Format.HEADER_BYTES
        || from.getLong() != Format.MAGIC
        || from.getInt(Format.HEADER_CRC_AT) != crc(bytes)) {
      throw new DamagedSegmentException("the header of segment " + expected + " is damaged");
    }
    int version = from.getInt();
    if (version < Format.VERSION_MIN || version > Format.VERSION) {
      throw new JournalFailure(
          "cannot read segment %s: unexpected format version; got %d want %d to %d; start the version of Lodge that wrote it"
              .formatted(expected, version, Format.VERSION_MIN, Format.VERSION));
    }
    int decoderRevision = from.getInt();
    int gateway = from.getInt();
    int sequence = from.getInt();
    SegmentId id = new SegmentId(gateway, from.getLong(), sequence);
    if (!id.equals(expected)) {
      throw new DamagedSegmentException("the file of segment " + expected + " holds " + id);
    }
    long createdUnixNanos = from.getLong();
    return new SegmentHeader(version, decoderRevision, id, rulesIn(bytes), createdUnixNanos);
  }

  /** One made up for a segment whose own is not intact. */
  static SegmentHeader substitute(SegmentId id, int decoderRevision) {
    return new SegmentHeader(
        Format.VERSION, decoderRevision, id, RulesId.LOST, id.epoch() * 1_000_000);
  }

  /** The rules that a header names, whether or not it is intact. */
  static RulesId rulesIn(byte[] header) {
    return new RulesId(HexFormat.of().formatHex(header, RULES_AT, RULES_AT + RulesId.BYTES));
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, Format.HEADER_CRC_AT);
    return (int) crc.getValue();
  }
}
