package io.lodge.journal;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the frames of one segment, at any offset, through a window that moves over the file and
 * grows to the largest frame. Used by one thread.
 */
final class FrameReader {
  private static final int WINDOW_BYTES = 256 << 10;
  private static final int SMALLEST_LENGTH = Format.MARK_LENGTH;

  /** What is at an offset. */
  enum Found {
    PAYLOAD,
    MARK,
    FOOTER,
    /** Nothing more: the offset is the end. */
    END,
    /** No frame that was written here. */
    BROKEN
  }

  /** A reader of the two ends of a segment reads no more than those. */
  static FrameReader ofEnds(SegmentId id, DiskReader file, long endBytes) {
    return new FrameReader(id, file, endBytes, Format.HEADER_BYTES);
  }

  private final SegmentId id;
  private final Sectors sectors;
  private final long endBytes;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;

  /** Over {@link #bytes}, limited to what was read. */
  private ByteBuffer window;

  private long windowOffset;

  /** Where the frame that was found begins in the window, and its length field. */
  private int at;

  private int length;
  private long next;
  private final Name tenant = new Name();
  private final Name context = new Name();

  /**
   * @param endBytes where the segment ends as far as this reader is concerned
   */
  FrameReader(SegmentId id, DiskReader file, long endBytes) {
    this(id, file, endBytes, Math.clamp(endBytes, Format.HEADER_BYTES, WINDOW_BYTES));
  }

  private FrameReader(SegmentId id, DiskReader file, long endBytes, int windowBytes) {
    this.id = id;
    sectors = new Sectors(file);
    this.endBytes = endBytes;
    bytes = new byte[windowBytes];
    window = over(bytes).limit(0);
  }

  /** The segment's header; call before any frame. */
  SegmentHeader header() throws IOException, DamagedSegmentException {
    load(0, Format.HEADER_BYTES);
    return SegmentHeader.decode(bytes, window.limit(), id);
  }

  /** Looks for an intact frame that begins at {@code offset}. */
  Found at(long offset) throws IOException {
    if (offset == endBytes) {
      return Found.END;
    }
    int fixed = Format.PREFIX_BYTES + SMALLEST_LENGTH;
    if (!load(offset, fixed)) {
      return Found.BROKEN;
    }
    length = window.getInt(at);
    if (!isPlausible(offset) || !load(offset, Format.PREFIX_BYTES + length)) {
      return Found.BROKEN;
    }
    if (window.getInt(at + 4) != crc(offset)) {
      return Found.BROKEN;
    }
    next = offset + Format.PREFIX_BYTES + length;
    return switch (window.get(at + Format.PREFIX_BYTES)) {
      case Format.PAYLOAD, Format.PAYLOAD_WITH_CONTEXT -> Found.PAYLOAD;
      case Format.MARK -> Found.MARK;
      default -> Found.FOOTER;
    };
  }

  /**
   * Whether an intact mark begins at {@code offset}. Nothing longer is looked at, so that searching
   * all of a file takes time in proportion to its size, whatever a client has put into a body.
   */
  boolean isMarkAt(long offset) throws IOException {
    return load(offset, Format.MARK_BYTES)
        && window.getInt(at) == Format.MARK_LENGTH
        && at(offset) == Found.MARK;
  }

  /**
   * Whether this could be a frame: asked before the CRC so that a search through noise is quick.
   */
  private boolean isPlausible(long offset) {
    if (length < SMALLEST_LENGTH
        || length > Format.LENGTH_MAX
        || offset + Format.PREFIX_BYTES + length > endBytes) {
      return false;
    }
    int rest = at + Format.PREFIX_BYTES;
    return switch (window.get(rest)) {
      case Format.PAYLOAD, Format.PAYLOAD_WITH_CONTEXT ->
          kindId() <= Format.KIND_ID_MAX
              && window.get(rest + 2) >= 0
              && window.get(rest + 2) <= Format.ENCODING_ID_MAX
              && Format.PAYLOAD_FIXED_BYTES + tenantLength() <= length;
      case Format.MARK -> length == Format.MARK_LENGTH;
      case Format.FOOTER -> length == Format.FOOTER_LENGTH;
      default -> false;
    };
  }

  private int crc(long offset) {
    crc.reset();
    FrameWriter.putPlace(place.clear(), id, offset);
    crc.update(place.array());
    crc.update(bytes, at, 4);
    crc.update(bytes, at + Format.PREFIX_BYTES, length);
    return (int) crc.getValue();
  }

  /** Where the next frame begins. */
  long next() {
    return next;
  }

  /** The number of the payload's kind, which this build may not know. */
  int kindId() {
    return window.get(at + Format.PREFIX_BYTES + 1) & 0xFF;
  }

  private int tenantLength() {
    return window.get(at + Format.PREFIX_BYTES + 3) & 0xFF;
  }

  /**
   * The payload that was found; its bytes hold until the next call of {@link #at}.
   *
   * @throws DamagedSegmentException if its kind or encoding is not one of this build's
   */
  Payload payload() throws DamagedSegmentException {
    try {
      return decoded();
    } catch (IllegalArgumentException newer) {
      throw new DamagedSegmentException(
          "cannot read a payload of segment " + id + ", which a newer version wrote", newer);
    }
  }

  private Payload decoded() {
    int rest = at + Format.PREFIX_BYTES;
    int tenantAt = rest + Format.PAYLOAD_FIXED_BYTES;
    int tenantEnd = tenantAt + tenantLength();
    boolean hasContext = window.get(rest) == Format.PAYLOAD_WITH_CONTEXT;
    int bodyAt = hasContext ? contextEnd(tenantEnd, rest + length) : tenantEnd;
    return new Payload(
        PayloadKind.ofId(window.get(rest + 1)),
        ContentEncoding.ofId(window.get(rest + 2)),
        tenant.of(bytes, tenantAt, tenantEnd),
        hasContext ? context.of(bytes, tenantEnd + 1, bodyAt) : "",
        window.getLong(rest + 4),
        bytes,
        bodyAt,
        rest + length - bodyAt);
  }

  /** Where the context ends whose length is at {@code lengthAt}. */
  private int contextEnd(int lengthAt, int frameEnd) {
    int end = lengthAt < frameEnd ? lengthAt + 1 + (window.get(lengthAt) & 0xFF) : frameEnd + 1;
    if (end > frameEnd) {
      throw new IllegalArgumentException("a context is longer than its frame");
    }
    return end;
  }

  /** A text that is mostly the one before. */
  private static final class Name {
    private String text = "";
    private byte[] utf8 = {};

    String of(byte[] bytes, int from, int to) {
      if (!Arrays.equals(bytes, from, to, utf8, 0, utf8.length)) {
        utf8 = Arrays.copyOfRange(bytes, from, to);
        text = new String(utf8, StandardCharsets.UTF_8);
      }
      return text;
    }
  }

  /** Payloads that a mark or footer counts. */
  long countedPayloads() {
    return window.getLong(at + Format.PREFIX_BYTES + 4);
  }

  /** The kinds that a footer names, a bit for each id. */
  long countedKinds() {
    return window.getLong(at + Format.PREFIX_BYTES + 20);
  }

  private static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Brings the bytes from {@code offset} on into the window; false if the segment ends before. */
  private boolean load(long offset, int lengthWanted) throws IOException {
    long windowEnd = windowOffset + window.limit();
    if (offset < windowOffset || offset + lengthWanted > windowEnd) {
      if (lengthWanted > window.capacity()) {
        bytes = new byte[lengthWanted];
        window = over(bytes);
      }
      int wanted = (int) Math.min(window.capacity(), endBytes - offset);
      window.clear().limit(read(offset, wanted));
      windowOffset = offset;
    }
    at = (int) (offset - windowOffset);
    return at + lengthWanted <= window.limit();
  }

  private int read(long offset, int wanted) throws UnreadableException {
    return sectors.read(offset, bytes, wanted);
  }

  /** Whether the disk did not give back some bytes that were looked at; zeros stand for them. */
  boolean metUnreadable() {
    return sectors.unreadable() > 0;
  }
}
