package io.lodge.query.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search means, written down a second time and as plainly as can be: row by row, without
 * indexes, tokens or SQL.
 */
final class ReferenceSearch {

  /** A log record as far as the tests search it. */
  record Row(
      int id,
      String body,
      String service,
      String pod,
      int severityNumber,
      String severityText,
      Map<String, String> log,
      Map<String, String> resource) {

    /** Its text as it was sent, and as it is seen. */
    Stream<String> texts() {
      return Stream.of(body, body.replaceAll("\u001b\\[[0-9;]*m", "")).distinct();
    }
  }

  private ReferenceSearch() {}

  static boolean matches(Search search, Row row) {
    return switch (search) {
      case Search.Everything all -> true;
      case Search.AllOf all -> all.parts().stream().allMatch(part -> matches(part, row));
      case Search.AnyOf any -> any.parts().stream().anyMatch(part -> matches(part, row));
      case Search.Not not -> !matches(not.part(), row);
      case Search.Text text -> row.texts().anyMatch(body -> hasWords(body, text.words()));
      case Search.TextMatches matches ->
          row.texts().anyMatch(body -> Pattern.compile(matches.regex()).matcher(body).find());
      case Search.Field field -> field(field, row);
    };
  }

  private static boolean hasWords(String body, Glob words) {
    String wanted =
        words.pieces().stream()
            .map(piece -> Pattern.quote(piece.toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining("[0-9a-z\\x{80}-\\x{10FFFF}]*"));
    String first = words.pieces().getFirst();
    String last = words.pieces().getLast();
    String wordCharacter = "[0-9a-z\\x{80}-\\x{10FFFF}]";
    String before = startsWithWord(first) ? "(?<!" + wordCharacter + ")" : "";
    String behind = endsWithWord(last) ? "(?!" + wordCharacter + ")" : "";
    return Pattern.compile(before + wanted + behind).matcher(body.toLowerCase(Locale.ROOT)).find();
  }

  private static boolean startsWithWord(String piece) {
    return !piece.isEmpty() && isWord(piece.charAt(0));
  }

  private static boolean endsWithWord(String piece) {
    return !piece.isEmpty() && isWord(piece.charAt(piece.length() - 1));
  }

  private static boolean isWord(char c) {
    return c >= 0x80 || Character.isLetterOrDigit(c);
  }

  private static boolean field(Search.Field field, Row row) {
    return switch (field.field()) {
      case "level" -> level(field.test(), row);
      case "service" -> value(field.test(), row.service, !row.service.isEmpty());
      case "pod" -> value(field.test(), row.pod, !row.pod.isEmpty());
      default ->
          Stream.of(row.log, row.resource)
              .anyMatch(map ->
                  map.containsKey(field.field())
                      && value(field.test(), map.get(field.field()), true));
    };
  }

  private static boolean value(ValueTest test, String value, boolean present) {
    if (!present) {
      return false;
    }
    return switch (test) {
      case ValueTest.Exists any -> true;
      case ValueTest.Like like ->
          Pattern.compile(
                  like.value().pieces().stream()
                      .map(Pattern::quote)
                      .collect(Collectors.joining(".*")),
                  Pattern.DOTALL)
              .matcher(value)
              .matches();
      case ValueTest.Matches matches -> Pattern.compile(matches.regex()).matcher(value).find();
      case ValueTest.Compare compare -> compare(value, compare.comparison(), compare.bound());
      case ValueTest.Between between ->
          (between.low().isOpen() || compare(value, ValueTest.Comparison.AT_LEAST, between.low()))
              && (between.high().isOpen()
                  || compare(value, ValueTest.Comparison.AT_MOST, between.high()));
    };
  }

  private static boolean compare(
      String value, ValueTest.Comparison comparison, ValueTest.Bound bound) {
    Optional<Double> wanted = number(bound.text());
    if (wanted.isEmpty()) {
      return ordered(comparison, value.compareTo(bound.text()));
    }
    DoublePredicate passes = number -> ordered(comparison, Double.compare(number, wanted.get()));
    return number(value).filter(passes::test).isPresent();
  }

  private static boolean ordered(ValueTest.Comparison comparison, int order) {
    return switch (comparison) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  private static Optional<Double> number(String text) {
    return text.matches("[+-]?\\d+(\\.\\d+)?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** 0 to 5 from trace to fatal; -1 if the row has none. */
  private static int levelOf(Row row) {
    if (row.severityNumber > 0) {
      return (row.severityNumber - 1) / 4;
    }
    return levelOf(row.severityText);
  }

  private static int levelOf(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "trace" -> 0;
      case "debug" -> 1;
      case "info" -> 2;
      case "warn", "warning" -> 3;
      case "error", "err" -> 4;
      case "fatal" -> 5;
      default -> -1;
    };
  }

  private static boolean level(ValueTest test, Row row) {
    int level = levelOf(row);
    return switch (test) {
      case ValueTest.Exists any -> row.severityNumber > 0 || !row.severityText.isEmpty();
      case ValueTest.Like like -> level >= 0 && level == levelOf(like.value().exact());
      case ValueTest.Compare compare ->
          level >= 0
              && ordered(
                  compare.comparison(), Integer.compare(level, levelOf(compare.bound().text())));
      default -> throw new AssertionError("not generated: " + test);
    };
  }

  static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "fatal");
}
