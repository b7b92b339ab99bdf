package io.lodge.decode.letter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A resource, a scope or a metric as dead letters keep it: one JSON object of texts, numbers and
 * objects of texts.
 *
 * @param texts the members that are no objects, as text
 * @param maps members that are objects of texts, with their pairs in order
 */
record SavedSource(Map<String, String> texts, Map<String, List<Pair>> maps) {
  private static final JsonFactory JSON = new JsonFactory();

  /** An attribute; its value is text, as in the columns. */
  record Pair(String key, String value) {}

  /**
   * Reads one.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException if it was not kept
   */
  static SavedSource parse(String what, String json) {
    if (json.isEmpty()) {
      throw new IllegalArgumentException("its " + what + " was not kept");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, List<Pair>> maps = new LinkedHashMap<>();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        if (in.nextToken() == JsonToken.START_OBJECT) {
          maps.put(name, pairs(in));
        } else {
          texts.put(name, in.getString());
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("its " + what + " cannot be read", e);
    }
    return new SavedSource(texts, maps);
  }

  private static List<Pair> pairs(JsonParser in) {
    List<Pair> pairs = new ArrayList<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = in.currentName();
      in.nextToken();
      pairs.add(new Pair(key, in.getString()));
    }
    return pairs;
  }

  String text(String name) {
    return texts.getOrDefault(name, "");
  }

  int number(String name) {
    String text = text(name);
    return text.isEmpty() ? 0 : (int) Long.parseLong(text);
  }

  List<Pair> map(String name) {
    return maps.getOrDefault(name, List.of());
  }
}
