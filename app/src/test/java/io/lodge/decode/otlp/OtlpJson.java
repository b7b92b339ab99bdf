package io.lodge.decode.otlp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** OTLP/JSON as the specification has it: protobuf's own JSON, but with ids in hexadecimal. */
final class OtlpJson {
  private static final List<String> IDS =
      List.of("traceId", "trace_id", "spanId", "span_id", "parentSpanId", "parent_span_id");

  private OtlpJson() {}

  static byte[] of(Message request) {
    return of(request, JsonFormat.printer());
  }

  static byte[] of(Message request, JsonFormat.Printer printer) {
    return bytes(hexIds(tree(request, printer), false));
  }

  /** The same with the members of every object in another order, and ids in upper case. */
  static byte[] shuffled(Message request, long seed) {
    JsonElement tree = hexIds(tree(request, JsonFormat.printer()), true);
    return bytes(shuffle(tree, new Random(seed)));
  }

  private static JsonElement tree(Message request, JsonFormat.Printer printer) {
    try {
      return JsonParser.parseString(printer.print(request));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(JsonElement tree) {
    return tree.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonElement hexIds(JsonElement element, boolean upperCase) {
    if (element instanceof JsonArray array) {
      array.forEach(child -> hexIds(child, upperCase));
    } else if (element instanceof JsonObject object) {
      for (String name : List.copyOf(object.keySet())) {
        if (IDS.contains(name)) {
          byte[] id = Base64.getDecoder().decode(object.get(name).getAsString());
          HexFormat hex = upperCase ? HexFormat.of().withUpperCase() : HexFormat.of();
          object.add(name, new JsonPrimitive(hex.formatHex(id)));
        } else {
          hexIds(object.get(name), upperCase);
        }
      }
    }
    return element;
  }

  private static JsonElement shuffle(JsonElement element, Random random) {
    if (element instanceof JsonArray array) {
      JsonArray result = new JsonArray();
      array.forEach(child -> result.add(shuffle(child, random)));
      return result;
    }
    if (element instanceof JsonObject object) {
      List<Map.Entry<String, JsonElement>> members = new ArrayList<>(object.entrySet());
      Collections.shuffle(members, random);
      JsonObject result = new JsonObject();
      members.forEach(member -> result.add(member.getKey(), shuffle(member.getValue(), random)));
      return result;
    }
    return element;
  }
}
