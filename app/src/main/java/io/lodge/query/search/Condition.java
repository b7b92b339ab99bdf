package io.lodge.query.search;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A condition under construction: SQL with {@code {name:Type}} in the place of every value, and the
 * values. What a person typed is only ever a value.
 */
final class Condition {
  private final Map<String, String> parameters = new LinkedHashMap<>();

  /** The values by parameter, in ClickHouse's escaped text form. */
  Map<String, String> parameters() {
    return parameters;
  }

  /** A place for this text. */
  String text(String value) {
    return place(escaped(value), "String");
  }

  /** A place for this number: as an integer where it is one, so that 64 bits stay exact. */
  String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 9e15;
    return whole
        ? place(Long.toString((long) value), "Int64")
        : place(Double.toString(value), "Float64");
  }

  private String place(String value, String type) {
    String name = "s" + parameters.size();
    parameters.put(name, value);
    return "{" + name + ":" + type + "}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }
}
