package io.lodge.query.search;

import io.lodge.query.search.Search.AllOf;
import io.lodge.query.search.Search.AnyOf;
import io.lodge.query.search.Search.Everything;
import io.lodge.query.search.Search.Field;
import io.lodge.query.search.Search.Not;
import io.lodge.query.search.Search.Text;
import io.lodge.query.search.Search.TextMatches;
import java.util.ArrayList;
import java.util.List;

/**
 * What people type → a tree, by recursive descent. Everything that is not clearly syntax is text:
 * pasting a line of a log finds that line.
 *
 * <pre>
 * any   = all { "OR" all }
 * all   = one { [ "AND" ] one }
 * one   = ( "-" | "NOT" ) one | "(" any ")" | field ":" value | text
 * </pre>
 */
public final class SearchParser {
  /** Longer searches are a mistake, or an attack on the parser's stack and the server's. */
  static final int LENGTH_MAX = 4_096;

  static final int DEPTH_MAX = 64;

  private final Scanner in;
  private int depth;

  private SearchParser(String typed) {
    in = new Scanner(typed);
  }

  /**
   * Parses a search.
   *
   * @throws SearchException saying what is wrong and where
   */
  public static Search parse(String typed) throws SearchException {
    if (typed.length() > LENGTH_MAX) {
      throw new SearchException(
          "the search has %d characters, more than %d".formatted(typed.length(), LENGTH_MAX),
          LENGTH_MAX,
          typed.length());
    }
    SearchParser parser = new SearchParser(typed);
    parser.in.skipSpace();
    if (parser.in.atEnd()) {
      return new Everything();
    }
    Search search = parser.any();
    if (!parser.in.atEnd()) {
      throw parser.in.wrong("this ) has no (", parser.in.at(), parser.in.at() + 1);
    }
    return search;
  }

  private Search any() throws SearchException {
    List<Search> parts = new ArrayList<>();
    do {
      parts.add(all());
    } while (in.takeWord("OR"));
    return parts.size() == 1 ? parts.getFirst() : new AnyOf(parts);
  }

  private Search all() throws SearchException {
    List<Search> parts = new ArrayList<>();
    do {
      parts.add(one());
      in.skipSpace();
    } while (in.takeWord("AND") || beginsOne());
    return parts.size() == 1 ? parts.getFirst() : new AllOf(parts);
  }

  private boolean beginsOne() {
    return !in.atEnd() && in.peek() != ')' && !in.isWord("OR");
  }

  private Search one() throws SearchException {
    in.skipSpace();
    int from = in.at();
    if (in.atEnd() || in.peek() == ')') {
      throw in.wrong("something to search for is missing here", from, from);
    }
    if (in.isWord("OR") || in.isWord("AND")) {
      throw in.wrong(
          "something to search for is missing before this; quote it to search for the word",
          from,
          in.wordEnd());
    }
    if (++depth > DEPTH_MAX) {
      throw in.wrong(
          "more than " + DEPTH_MAX + " parentheses or negations inside each other", from, from + 1);
    }
    Search one = nested(from);
    depth--;
    return one;
  }

  private Search nested(int from) throws SearchException {
    if (in.takeMinus() || in.takeWord("NOT")) {
      return new Not(one());
    }
    if (in.take('(')) {
      Search inside = any();
      in.skipSpace();
      if (!in.take(')')) {
        throw in.wrong("this ( is never closed", from, from + 1);
      }
      return inside;
    }
    String field = in.takeField();
    return field == null ? text(from) : new FieldParser(in).parse(field, from);
  }

  private Search text(int from) throws SearchException {
    if (in.peek() == '"') {
      return new Text(Glob.of(in.takeQuoted()));
    }
    String regex = in.takeRegex();
    return regex == null ? new Text(in.takeGlob()) : new TextMatches(regex, from, in.at());
  }

  /** A field's value; a list in parentheses is any of its values. */
  private record FieldParser(Scanner in) {

    Search parse(String field, int at) throws SearchException {
      if (in.take('(')) {
        return list(field, at);
      }
      int valueAt = in.at();
      return new Field(field, test(), at, valueAt);
    }

    private Search list(String field, int at) throws SearchException {
      int open = in.at() - 1;
      List<Search> values = new ArrayList<>();
      while (true) {
        in.skipSpace();
        if (in.take(')')) {
          break;
        }
        if (in.atEnd()) {
          throw in.wrong("this ( is never closed", open, open + 1);
        }
        if (in.isWord("AND")) {
          throw in.wrong("a list is any of its values; want OR", in.at(), in.at() + 3);
        }
        if (!values.isEmpty() && in.takeWord("OR")) {
          in.skipSpace();
        }
        if (in.atEnd() || in.peek() == ')' || in.peek() == '(') {
          throw in.wrong("a value is missing here", in.at(), in.at());
        }
        int valueAt = in.at();
        values.add(new Field(field, test(), at, valueAt));
      }
      if (values.isEmpty()) {
        throw in.wrong("a value is missing between these", open, in.at());
      }
      return values.size() == 1 ? values.getFirst() : new AnyOf(values);
    }

    private ValueTest test() throws SearchException {
      int from = in.at();
      if (in.peek() == '"') {
        return new ValueTest.Like(Glob.of(in.takeQuoted()));
      }
      if (in.take('[')) {
        return between(from);
      }
      ValueTest.Comparison comparison = in.takeComparison();
      if (comparison != null) {
        return new ValueTest.Compare(comparison, bound());
      }
      String regex = in.takeRegex();
      if (regex != null) {
        return new ValueTest.Matches(regex, from, in.at());
      }
      Glob glob = in.takeGlob();
      return glob.pieces().equals(List.of("", ""))
          ? new ValueTest.Exists()
          : new ValueTest.Like(glob);
    }

    private ValueTest between(int open) throws SearchException {
      in.skipSpace();
      ValueTest.Bound low = bound();
      in.skipSpace();
      if (!in.takeWord("TO")) {
        throw in.wrong("want TO here, as in [500 TO 599]", in.at(), in.at());
      }
      in.skipSpace();
      ValueTest.Bound high = bound();
      in.skipSpace();
      if (!in.take(']')) {
        throw in.wrong("this [ is never closed", open, open + 1);
      }
      return new ValueTest.Between(low, high);
    }

    private ValueTest.Bound bound() throws SearchException {
      int from = in.at();
      String text = !in.atEnd() && in.peek() == '"' ? in.takeQuoted() : in.takeBound();
      if (text.isEmpty()) {
        throw in.wrong("a value to compare with is missing here", from, from);
      }
      return new ValueTest.Bound(text, from);
    }
  }
}
