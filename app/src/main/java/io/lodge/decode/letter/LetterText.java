package io.lodge.decode.letter;

import io.lodge.model.PayloadKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A dead letter's record as people read it. */
public sealed interface LetterText {
  JsonFactory JSON_FACTORY = new JsonFactory();

  /** Bytes on a line of hexadecimal digits. */
  int LINE_BYTES = 16;

  String text();

  /** One JSON value: as received, or a protobuf message by the names of its fields. */
  record Json(String text) implements LetterText {}

  /** Text as received. */
  record Plain(String text) implements LetterText {}

  /** Offset, hexadecimal digits and printable characters, 16 bytes on a line. */
  record Hex(String text) implements LetterText {}

  /** The form that says most. */
  static LetterText of(String kindLabel, byte[] record) {
    Optional<String> message =
        PayloadKind.labelled(kindLabel)
            .flatMap(MessageShape::ofRecord)
            .flatMap(shape -> ProtobufText.read(shape, record));
    if (message.isPresent()) {
      return new Json(message.get());
    }
    Optional<String> text = utf8(record);
    if (text.isEmpty()) {
      return new Hex(hex(record));
    }
    return isJson(text.get()) ? new Json(text.get()) : new Plain(text.get());
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean printable =
          text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
      return printable ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isJson(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return false;
    }
    try (JsonParser in = JSON_FACTORY.createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        // To its end.
      }
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < bytes.length; from += LINE_BYTES) {
      int to = Math.min(bytes.length, from + LINE_BYTES);
      String digits = HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
      out.append("%08x  %-47s  ".formatted(from, digits));
      for (int i = from; i < to; i++) {
        out.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
      }
      out.append('\n');
    }
    return out.toString();
  }
}
