package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.JsonReader;
import java.util.HexFormat;

/** Ids in OTLP's JSON: hexadecimal, where proto3's JSON mapping would have base64. */
public final class JsonIds {
  private JsonIds() {}

  /**
   * Appends the bytes that the present string of hexadecimal digits stands for; false if it is
   * none.
   */
  public static boolean read(JsonReader in, ByteSink text) throws MalformedPayloadException {
    int from = text.length();
    in.string(text);
    int digits = text.length() - from;
    byte[] bytes = text.array();
    text.truncate(from + digits / 2);
    if (digits % 2 != 0) {
      return false;
    }
    for (int i = 0; i < digits; i += 2) {
      int high = bytes[from + i];
      int low = bytes[from + i + 1];
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        return false;
      }
      bytes[from + i / 2] =
          (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    return true;
  }
}
