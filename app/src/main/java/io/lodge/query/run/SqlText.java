package io.lodge.query.run;

import java.util.Map;

/**
 * A statement as somebody typed it.
 *
 * @param sql one statement, that names no format
 * @param parameters values of its {@code {name:Type}}, as typed
 */
public record SqlText(String sql, Map<String, String> parameters) {
  /** Rows as arrays, the columns' names and types once, and how far it is. */
  static final String FORMAT = "JSONCompactEachRowWithProgress";

  /** What JSON cannot hold exactly is text; times are as ClickHouse writes them. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "default_format", FORMAT,
          "output_format_json_quote_64bit_integers", "1",
          "output_format_json_quote_decimals", "1",
          "output_format_json_quote_denormals", "1",
          "output_format_json_escape_forward_slashes", "0",
          "http_write_exception_in_output_format", "0");

  public SqlText {
    parameters = Map.copyOf(parameters);
  }
}
