package io.lodge.clickhouse;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A statement with its parameters and settings. Immutable; every {@code with} makes a new one.
 *
 * @param sql one statement; values from outside come as {@code {name:Type}}, never pasted in
 * @param parameters values of the {@code {name:Type}} parameters, in ClickHouse's text form
 * @param settings ClickHouse settings for this statement alone
 */
public record Query(String sql, Map<String, String> parameters, Map<String, String> settings) {

  public Query {
    parameters = Map.copyOf(parameters);
    settings = Map.copyOf(settings);
  }

  /** A statement without parameters or settings. */
  public static Query of(String sql) {
    return new Query(sql, Map.of(), Map.of());
  }

  /**
   * With one more {@code {name:Type}} parameter, its value in ClickHouse's TabSeparated text form.
   */
  public Query with(String name, String value) {
    return new Query(sql, put(parameters, name, value), settings);
  }

  /** With one more {@code {name:String}} parameter: any text, which is escaped here. */
  public Query withString(String name, String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    return with(name, escaped.replace("\0", "\\0"));
  }

  /** With one more setting. */
  public Query withSetting(String name, String value) {
    return new Query(sql, parameters, put(settings, name, value));
  }

  private static Map<String, String> put(Map<String, String> map, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }
}
