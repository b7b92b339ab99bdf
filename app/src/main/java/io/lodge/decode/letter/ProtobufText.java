package io.lodge.decode.letter;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.WireReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A protobuf message as JSON, by the names of its fields; those that have none by their number. */
final class ProtobufText {
  private static final JsonFactory JSON = new JsonFactory();

  /** Deeper than any record that is stored: what is below is shown as bytes. */
  private static final int DEPTH_MAX = 60;

  private final WireReader in = new WireReader();

  private ProtobufText() {}

  /** The message; empty if these bytes are none. */
  static Optional<String> read(MessageShape shape, byte[] bytes) {
    ProtobufText reader = new ProtobufText();
    reader.in.open(bytes, 0, bytes.length);
    try {
      Map<String, Object> message = reader.message(shape, bytes.length, 0);
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
        write(json, message);
      }
      return Optional.of(text.toString());
    } catch (MalformedPayloadException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> message(MessageShape shape, int to, int depth)
      throws MalformedPayloadException {
    Map<String, Object> message = new LinkedHashMap<>();
    int outer = in.end();
    in.window(in.at(), to);
    while (in.hasMore()) {
      int tag = in.tag();
      MessageShape.Field field = shape.field(tag >>> 3);
      if (field == null) {
        message.put("field" + (tag >>> 3), value("hex", tag, depth));
        continue;
      }
      Object value = value(field.type(), tag, depth);
      if (field.many()) {
        list(message, field.name()).add(value);
      } else {
        message.put(field.name(), value);
      }
    }
    in.window(to, outer);
    return message;
  }

  @SuppressWarnings("unchecked") // a field of many is put here only
  private static List<Object> list(Map<String, Object> message, String name) {
    return (List<Object>) message.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private Object value(String type, int tag, int depth) throws MalformedPayloadException {
    return switch (tag & 7) {
      case 0 -> Long.toString(in.varint());
      case 1 -> {
        long bits = in.fixed64();
        yield type.equals("double") ? Double.longBitsToDouble(bits) : Long.toUnsignedString(bits);
      }
      case 5 -> Integer.toUnsignedString(in.fixed32());
      case 2 -> {
        int length = in.length();
        int from = in.at();
        Optional<MessageShape> shape = MessageShape.named(type);
        if (shape.isPresent() && depth < DEPTH_MAX) {
          yield message(shape.get(), from + length, depth + 1);
        }
        in.skipTo(from + length);
        byte[] bytes = Arrays.copyOfRange(in.bytes(), from, from + length);
        yield type.equals("text")
            ? new String(bytes, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(bytes);
      }
      default -> throw in.malformed("a group");
    };
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> message -> {
        json.writeStartObject();
        message.forEach((name, member) -> {
          json.writeName(name.toString());
          write(json, member);
        });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case Double number -> json.writeNumber(number);
      default -> json.writeString(value.toString());
    }
  }
}
