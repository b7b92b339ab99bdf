package io.lodge.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a search, but not of this table's columns: said with its place, and what was meant. */
class CompileFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "level:eror2              |  6 | 11 | 'eror2' is no level;                  | did you mean error?",
        "a level:(error wran)     | 15 | 19 | 'wran' is no level;                   | did you mean warn?",
        "level:xyzzy              |  6 | 11 | 'xyzzy' is no level;                  | SeverityText:xyzzy asks",
        "level:>=loud             |  8 | 12 | 'loud' is no level;                   | trace, debug, info",
        "duration:>5sec           | 10 | 14 | duration is a duration; got '5sec'    | did you mean 5s?",
        "duration:[1s TO 2MINUTES]| 16 | 24 | duration is a duration; got '2MINUTES'| did you mean 2m?",
        "duration:>5              | 10 | 11 | duration is a duration; got '5'       | as in 250ms or 1.5s",
        "duration:>2MiB           | 10 | 14 | duration is a duration; got '2MiB'    | ns, us, ms, s, m, h, d",
        "duration:(1s 2parsecs)   | 13 | 21 | duration is a duration; got '2parsecs'| ns, us, ms, s, m, h, d",
        "TraceFlags:x             | 11 | 12 | TraceFlags is a number; got 'x'       | a number",
        "size:>5s                 |  6 |  8 | the unit of size is not known;        | plain number",
      })
  void saysWhatIsWrongWhereAndWhatWasMeant(
      String typed, int from, int to, String begins, String says) throws SearchException {
    SearchTable table = typed.contains("duration") ? SpanTable.spans() : LogTables.logs();
    Search search = SearchParser.parse(typed);
    SearchException wrong =
        catchThrowableOfType(SearchException.class, () -> SearchSql.of(search, table));
    assertThat(wrong).hasMessageStartingWith(begins).hasMessageContaining(says);
    assertThat(new int[] {wrong.from(), wrong.to()}).containsExactly(from, to);
  }
}
