package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import io.lodge.query.search.SearchFields;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries a search's regular expressions on no text before any row is read: ClickHouse has the only
 * RE2 whose word counts.
 */
public final class RegexCheck {
  /** CANNOT_COMPILE_REGEXP. Source: ClickHouse, ErrorCodes.cpp. */
  private static final int CANNOT_COMPILE = 427;

  private static final Pattern REASON =
      Pattern.compile("error: (.*?)\\. Look at https", Pattern.DOTALL);

  private RegexCheck() {}

  /**
   * Nothing if there are none, or if they are taken.
   *
   * @throws QueryFault saying which of them is wrong, and where
   */
  public static void of(Execution execution, Filter filter)
      throws QueryFault, InterruptedException {
    List<SearchFields.Regex> regexes = filter.asked().map(SearchFields::regexes).orElse(List.of());
    for (SearchFields.Regex regex : regexes) {
      try {
        execution.quietly(
            new Statement(
                "SELECT match('', {regex:String}) AS taken",
                Map.of("regex", Statement.escaped(regex.regex()))));
      } catch (QueryFault e) {
        throw e.clickhouseCode() == CANNOT_COMPILE ? wrong(regex, e) : e;
      }
    }
  }

  private static QueryFault wrong(SearchFields.Regex regex, QueryFault said) {
    Matcher reason = REASON.matcher(String.valueOf(said.getMessage()));
    return QueryFault.badSearch(
        "cannot take this regular expression: %s; its syntax is RE2's"
            .formatted(reason.find() ? reason.group(1) : said.getMessage()),
        regex.at(),
        regex.to());
  }
}
