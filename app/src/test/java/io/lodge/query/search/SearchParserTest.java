package io.lodge.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodge.query.search.Search.AllOf;
import io.lodge.query.search.Search.AnyOf;
import io.lodge.query.search.Search.Everything;
import io.lodge.query.search.Search.Field;
import io.lodge.query.search.Search.Not;
import io.lodge.query.search.Search.Text;
import io.lodge.query.search.Search.TextMatches;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchParserTest {

  @Test
  void nothingTypedIsEverything() throws SearchException {
    assertThat(SearchParser.parse("  ")).isEqualTo(new Everything());
  }

  @Test
  void wordsAndFieldsAreAllWanted() throws SearchException {
    assertThat(SearchParser.parse("level:error \"connection refused\" -pod:canary*"))
        .isEqualTo(
            new AllOf(
                List.of(
                    new Field("level", like("error"), 0),
                    new Text(Glob.of("connection refused")),
                    new Not(
                        new Field(
                            "pod", new ValueTest.Like(new Glob(List.of("canary", ""))), 34)))));
  }

  @Test
  void orBindsLooserThanAndAndParenthesesTighter() throws SearchException {
    Search b = text("b");
    assertThat(SearchParser.parse("a b OR c"))
        .isEqualTo(new AnyOf(List.of(new AllOf(List.of(text("a"), b)), text("c"))));
    assertThat(SearchParser.parse("a AND (b OR c)"))
        .isEqualTo(new AllOf(List.of(text("a"), new AnyOf(List.of(b, text("c"))))));
    assertThat(SearchParser.parse("NOT a -(b c)"))
        .isEqualTo(
            new AllOf(List.of(new Not(text("a")), new Not(new AllOf(List.of(b, text("c")))))));
  }

  @Test
  void fieldsHaveRangesListsComparisonsAndExpressions() throws SearchException {
    assertThat(test("status:>=500"))
        .isEqualTo(
            new ValueTest.Compare(ValueTest.Comparison.AT_LEAST, new ValueTest.Bound("500", 9)));
    assertThat(test("duration:<1.5s"))
        .isEqualTo(
            new ValueTest.Compare(ValueTest.Comparison.LESS, new ValueTest.Bound("1.5s", 10)));
    assertThat(test("status:[500 TO *]"))
        .isEqualTo(
            new ValueTest.Between(new ValueTest.Bound("500", 8), new ValueTest.Bound("*", 15)));
    assertThat(test("user.id:*")).isEqualTo(new ValueTest.Exists());
    assertThat(test("path:/v[12]\\/x/")).isEqualTo(new ValueTest.Matches("v[12]/x", 5, 15));
    assertThat(SearchParser.parse("env:(prod OR stage dev)"))
        .isEqualTo(
            new AnyOf(
                List.of(
                    new Field("env", like("prod"), 0, 5),
                    new Field("env", like("stage"), 0, 13),
                    new Field("env", like("dev"), 0, 19))));
  }

  @Test
  void aStarOpensAValueAndABackslashOrQuotesKeepIt() throws SearchException {
    assertThat(test("pod:a*b**c")).isEqualTo(new ValueTest.Like(new Glob(List.of("a", "b", "c"))));
    assertThat(test("pod:a\\*b")).isEqualTo(like("a*b"));
    assertThat(test("pod:\"a*b\"")).isEqualTo(like("a*b"));
  }

  /** What is pasted from a log is text, however much of it looks like the language. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12:30:15",
        "http://host:80/x",
        "std::string",
        "/var/log/syslog",
        "-",
        "a:b:c",
        "user@host",
        "C:\\\\dir",
        "{\"a\":1}",
        "50%",
        "—"
      })
  void whatLooksLikeALogLineNeverFails(String pasted) throws SearchException {
    assertThat(SearchParser.parse(pasted)).isNotNull();
  }

  @Test
  void timesAddressesAndWordsBeforeAColonAreText() throws SearchException {
    assertThat(SearchParser.parse("12:30:15")).isEqualTo(text("12:30:15"));
    assertThat(SearchParser.parse("http://x/")).isEqualTo(text("http://x/"));
    assertThat(SearchParser.parse("Error: no"))
        .isEqualTo(new AllOf(List.of(text("Error:"), text("no"))));
    assertThat(SearchParser.parse("std::string")).isEqualTo(text("std::string"));
    assertThat(SearchParser.parse("/var/log/syslog")).isEqualTo(text("/var/log/syslog"));
    assertThat(SearchParser.parse("/time ?out/")).isEqualTo(new TextMatches("time ?out", 0, 11));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a b           | 0 | 1  | this ( is never closed",
        "a)             | 1 | 2  | this ) has no (",
        "a \"b          | 2 | 3  | this quote is never closed",
        "a OR           | 4 | 4  | something to search for is missing here",
        "AND a          | 0 | 3  | something to search for is missing before this",
        "a OR OR b      | 5 | 7  | something to search for is missing before this",
        "()             | 1 | 1  | something to search for is missing here",
        "a:()           | 2 | 4  | a value is missing between these",
        "a:(b AND c)    | 5 | 8  | a list is any of its values",
        "a:>            | 3 | 3  | a value to compare with is missing here",
        "a:[1 2]        | 5 | 5  | want TO here",
        "a:[1 TO 2      | 2 | 3  | this [ is never closed",
      })
  void saysWhatIsWrongAndWhere(String typed, int from, int to, String message) {
    SearchException wrong =
        catchThrowableOfType(SearchException.class, () -> SearchParser.parse(typed));
    assertThat(wrong).hasMessageStartingWith(message);
    assertThat(new int[] {wrong.from(), wrong.to()}).containsExactly(from, to);
  }

  @Test
  void isBoundedInLengthAndDepth() {
    assertThat(
            catchThrowableOfType(
                SearchException.class, () -> SearchParser.parse("a".repeat(20_000))))
        .hasMessageContaining("20000 characters");
    assertThat(
            catchThrowableOfType(
                SearchException.class, () -> SearchParser.parse("(".repeat(1_000))))
        .hasMessageContaining("more than 64");
  }

  /** Whatever is typed is a tree or an error with a place inside it. */
  @Test
  void randomTextIsParsedOrRefusedWithAPlace() {
    String alphabet = "ab:*\"()[]/-\\ <>=.1sORANDTNé\t";
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder typed = new StringBuilder();
      int length = random.nextInt(24);
      for (int c = 0; c < length; c++) {
        typed.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        SearchSql.of(SearchParser.parse(typed.toString()), LogTables.logs());
      } catch (SearchException refused) {
        assertThat(refused.from()).as(typed.toString()).isBetween(0, length);
        assertThat(refused.to()).as(typed.toString()).isBetween(refused.from(), length);
      }
    }
  }

  private static ValueTest test(String typed) throws SearchException {
    return ((Field) SearchParser.parse(typed)).test();
  }

  private static ValueTest like(String text) {
    return new ValueTest.Like(Glob.of(text));
  }

  private static Search text(String text) {
    return new Text(Glob.of(text));
  }
}
