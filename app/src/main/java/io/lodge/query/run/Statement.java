package io.lodge.query.run;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SQL with {@code {name:Type}} in the place of every value, and the values.
 *
 * @param sql one statement without FORMAT
 * @param parameters the values, in ClickHouse's escaped text form, in the order they were given
 * @param settings of this statement alone; never written into the SQL, as a user that only reads
 *     may be refused there what it may send beside it
 */
public record Statement(
    String sql, Map<String, String> parameters, SortedMap<String, String> settings) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+):([^{}]+)\\}");

  public Statement {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** A statement without settings of its own. */
  public Statement(String sql, Map<String, String> parameters) {
    this(sql, parameters, Collections.emptySortedMap());
  }

  /** The same with settings. */
  public Statement with(Map<String, String> more) {
    return new Statement(sql, parameters, new TreeMap<>(more));
  }

  /** The same with its values and settings written in: it runs as it is, in any client. */
  public String literal() {
    Matcher place = PLACE.matcher(sql);
    StringBuilder text = new StringBuilder();
    while (place.find()) {
      String value = parameters.get(place.group(1));
      if (value == null) {
        throw new IllegalStateException("unexpected place without a value: " + place.group());
      }
      place.appendReplacement(text, Matcher.quoteReplacement(literal(place.group(2), value)));
    }
    place.appendTail(text);
    String before = "\nSETTINGS ";
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      text.append(before).append(setting.getKey()).append(" = ").append(quoted(setting.getValue()));
      before = ", ";
    }
    return text.toString();
  }

  private static String literal(String type, String value) {
    return switch (type) {
      case "String" -> quoted(value);
      case "DateTime64(9, 'UTC')" -> "toDateTime64(" + quoted(value) + ", 9, 'UTC')";
      case "DateTime('UTC')" -> "toDateTime(" + quoted(value) + ", 'UTC')";
      default -> value; // numbers, and arrays, whose text is their literal
    };
  }

  /** The escapes of the text form are those of a literal, but for the quote. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "\\'") + "'";
  }

  /** A value in ClickHouse's escaped text form. */
  public static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0");
  }

  /** The text of an {@code Array(String)}. */
  public static String array(Collection<String> texts) {
    return texts.stream()
        .map(text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
