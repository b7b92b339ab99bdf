package io.lodge.query.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A row of a small answer, read. Numbers of 64 bits come as text, as ClickHouse was asked to write
 * them.
 *
 * @param values by column: String, Double, Boolean, List or Map; a null is left out
 */
public record JsonRow(Map<String, Object> values) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads one JSON object as ClickHouse writes it. */
  public static JsonRow parse(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return new JsonRow(object(parser));
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        object.put(name, value);
      }
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("unexpected JSON: " + parser.currentToken());
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      array.add(value == null ? "" : value);
    }
    return array;
  }

  /** A column as text; empty if it is null. */
  public String text(String column) {
    Object value = values.getOrDefault(column, "");
    return value instanceof Double number ? numberText(number) : value.toString();
  }

  private static String numberText(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** A column of whole numbers; 0 if it is null. */
  public long count(String column) {
    return count(values.get(column));
  }

  /** A column of numbers; 0 if it is null. */
  public double number(String column) {
    Object value = values.get(column);
    return value instanceof Double number
        ? number
        : Double.parseDouble(value == null ? "0" : value.toString());
  }

  /** A column of arrays of whole numbers. */
  public List<Long> counts(String column) {
    return list(column).stream().map(JsonRow::count).toList();
  }

  /** A column of arrays; empty if it is null. */
  public List<?> list(String column) {
    return values.get(column) instanceof List<?> list ? list : List.of();
  }

  /** A column of objects; empty if it is null. */
  public JsonRow object(String column) {
    return of(values.get(column));
  }

  /** A column of arrays of objects. */
  public List<JsonRow> objects(String column) {
    return list(column).stream().map(JsonRow::of).toList();
  }

  private static JsonRow of(@Nullable Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> object.put(name.toString(), one));
    }
    return new JsonRow(object);
  }

  private static long count(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Double number -> number.longValue();
      default -> Long.parseLong(value.toString());
    };
  }
}
