package io.lodge.query.search;

import java.util.function.UnaryOperator;

/**
 * What bare words search.
 *
 * @param sql the text as it is stored
 * @param coloured whether terminals' colours may be in it. They glue to the words behind them
 *     ({@code ESC[31merror}), so such rows are also searched without
 */
public record SearchText(String sql, boolean coloured) {
  /** ECMA-48: control sequences, operating-system commands, and the short ones; as in the UI. */
  private static final String SEQUENCE =
      "\\\\x1b(?:\\\\[[0-?]*[ -/]*[@-~]|\\\\][^\\\\x07\\\\x1b]*(?:\\\\x07|\\\\x1b\\\\\\\\)?|[@-Z\\\\\\\\-_])";

  static SearchText plain(String sql) {
    return new SearchText(sql, false);
  }

  static SearchText coloured(String sql) {
    return new SearchText(sql, true);
  }

  /** The condition that the text passes a test, as it is stored or as it is seen. */
  String passes(UnaryOperator<String> test) {
    return coloured
        ? "(%s OR (position(%s, '\\x1b') > 0 AND %s))"
            .formatted(test.apply(sql), sql, test.apply(withoutColours()))
        : test.apply(sql);
  }

  /**
   * Letter by letter what {@code idx_body_coloured} is over, else that index serves nothing. Empty
   * for rows without colours, whose words are in {@code idx_body}: they cost the index nothing.
   */
  private String withoutColours() {
    return "if(position(%1$s, '\\x1b') = 0, '', replaceRegexpAll(%1$s, '%2$s', ''))"
        .formatted(sql, SEQUENCE);
  }
}
