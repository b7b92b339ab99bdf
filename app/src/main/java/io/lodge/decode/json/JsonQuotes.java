package io.lodge.decode.json;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;

/** Writes JSON strings. */
public final class JsonQuotes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonQuotes() {}

  /** Appends plain text. */
  public static void putText(ByteSink out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putBytes(bytes, 0, bytes.length);
  }

  /** Appends a quoted string. */
  public static void putQuoted(ByteSink out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putQuoted(out, bytes, 0, bytes.length);
  }

  /** Appends a quoted string. Bytes from 0x80 up pass as they are. */
  public static void putQuoted(ByteSink out, byte[] bytes, int from, int length) {
    out.putByte('"');
    for (int i = from; i < from + length; i++) {
      byte next = bytes[i];
      if (next == '"' || next == '\\') {
        out.putByte('\\');
        out.putByte(next);
      } else if (next >= 0 && next < ' ') {
        putText(out, "\\u00");
        out.putByte(HEX[next >> 4]);
        out.putByte(HEX[next & 0xF]);
      } else {
        out.putByte(next);
      }
    }
    out.putByte('"');
  }
}
