package io.lodge.query.search;

import io.lodge.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The levels of log records, as answers name them, and what a record's level is in SQL. */
public final class Levels {
  /** Of a record that says nothing of it. */
  public static final String NONE = "none";

  private Levels() {}

  /** From least to most severe, and {@link #NONE} at the end. */
  public static List<String> words() {
    List<String> words =
        new ArrayList<>(Arrays.stream(Severity.values()).map(Levels::word).toList());
    words.add(NONE);
    return words;
  }

  /**
   * A record's level by its columns SeverityNumber and SeverityText: the rows of one word are those
   * that {@code level:word} finds.
   */
  public static String sql() {
    List<String> names = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      for (String name : severity.names()) {
        names.add("'" + name + "'");
        levels.add("'" + word(severity) + "'");
      }
    }
    return "multiIf(SeverityNumber BETWEEN 1 AND 24, [%s][intDiv(SeverityNumber - 1, 4) + 1], SeverityNumber = 0, transform(lower(SeverityText), [%s], [%s], '%s'), '%s')"
        .formatted(
            String.join(
                ", ",
                Arrays.stream(Severity.values())
                    .map(severity -> "'" + word(severity) + "'")
                    .toList()),
            String.join(", ", names),
            String.join(", ", levels),
            NONE,
            NONE);
  }

  /** The level that was probably meant. */
  static Optional<String> nearest(String name) {
    return Suggestion.nearest(name.toLowerCase(Locale.ROOT), words());
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
