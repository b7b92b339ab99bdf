package io.lodge.journal;

/** Numbers of format version 2; docs/formats/journal.md has the picture. All are little-endian. */
final class Format {
  /** "LODGEJNL" read as a little-endian number. */
  static final long MAGIC = 0x4C4E4A4547444F4CL;

  static final int VERSION = 2;

  /** The oldest version this build reads: version 1 had no payloads with context. */
  static final int VERSION_MIN = 1;

  static final int HEADER_BYTES = 96;
  static final int HEADER_CRC_AT = 92;

  /** Length and CRC: what every frame begins with and its length does not count. */
  static final int PREFIX_BYTES = 8;

  /** Type, kind, encoding, tenant length, receive time: what a payload has before its tenant. */
  static final int PAYLOAD_FIXED_BYTES = 12;

  static final int TENANT_BYTES_MAX = 255;

  /** A payload's context, and before it a byte that says how long it is. */
  static final int CONTEXT_BYTES_MAX = 255;

  static final int BODY_BYTES_MAX = 64 << 20;

  /** All that a payload has beside its body, at most. */
  static final int BODILESS_BYTES_MAX =
      PAYLOAD_FIXED_BYTES + TENANT_BYTES_MAX + 1 + CONTEXT_BYTES_MAX;

  static final int LENGTH_MAX = BODILESS_BYTES_MAX + BODY_BYTES_MAX;

  static final int MARK_LENGTH = 12;
  static final int MARK_BYTES = PREFIX_BYTES + MARK_LENGTH;
  static final int FOOTER_LENGTH = 28;
  static final int FOOTER_BYTES = PREFIX_BYTES + FOOTER_LENGTH;

  static final byte PAYLOAD = 1;
  static final byte MARK = 2;
  static final byte FOOTER = 3;
  static final byte PAYLOAD_WITH_CONTEXT = 4;

  /**
   * Kinds have a bit each in the footer, encodings half a byte: bounds that make noise unlikely.
   */
  static final int KIND_ID_MAX = 63;

  static final int ENCODING_ID_MAX = 15;

  private Format() {}
}
