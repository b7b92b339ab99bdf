package io.lodge.query.counts;

import io.lodge.query.run.JsonRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Masked lines that are alike in most words, as one. */
final class AlikeLines {
  private static final String ANY = "<*>";

  private final List<String> words;
  private final JsonRow first;
  private final long[] trend = new long[MaskedLines.TREND_BUCKETS];
  private long count;

  private AlikeLines(JsonRow first) {
    this.first = first;
    words = new ArrayList<>(List.of(first.text("template").split(" ", -1)));
    add(first);
  }

  private void add(JsonRow row) {
    count += row.count("count");
    List<Long> more = row.counts("trend");
    for (int i = 0; i < Math.min(trend.length, more.size()); i++) {
      trend[i] += more.get(i);
    }
  }

  private boolean isLike(List<String> other) {
    if (other.size() != words.size()) {
      return false;
    }
    int same = 0;
    for (int i = 0; i < words.size(); i++) {
      same += words.get(i).equals(other.get(i)) || words.get(i).equals(ANY) ? 1 : 0;
    }
    // Two of three words, and the first: short lines stay apart.
    return 3 * same >= 2 * words.size() && words.size() > 2;
  }

  private void widen(List<String> other) {
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).equals(other.get(i))) {
        words.set(i, ANY);
      }
    }
  }

  private String template() {
    return String.join(" ", words);
  }

  Patterns.Pattern pattern(long every, long rows, List<AlikeLines> before) {
    long previous =
        before.stream()
            .filter(one -> isLike(one.words) || one.template().equals(template()))
            .mapToLong(one -> one.count)
            .sum();
    return new Patterns.Pattern(
        template(),
        count * every,
        rows == 0 ? 0 : (double) count / rows,
        first.text("level"),
        example(first.list("example")),
        Arrays.stream(trend).boxed().toList(),
        previous * every);
  }

  private static JsonRow example(List<?> row) {
    Map<String, Object> example = new LinkedHashMap<>();
    List<String> names = List.of("id", "Timestamp", "ServiceName", "Body");
    for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
      example.put(names.get(i), row.get(i).toString());
    }
    return new JsonRow(example);
  }

  long count() {
    return count;
  }

  private AlikeLines with(AlikeLines same) {
    count += same.count;
    Arrays.setAll(trend, i -> trend[i] + same.trend[i]);
    return this;
  }

  /** The kinds that masked lines are of, the most frequent first. */
  static List<AlikeLines> of(List<JsonRow> masked) {
    Map<Integer, List<AlikeLines>> byLength = new LinkedHashMap<>();
    for (JsonRow row : masked) {
      List<String> words = List.of(row.text("template").split(" ", -1));
      List<AlikeLines> alike = byLength.computeIfAbsent(words.size(), length -> new ArrayList<>());
      alike.stream()
          .filter(one -> one.isLike(words))
          .findFirst()
          .ifPresentOrElse(
              one -> {
                one.widen(words);
                one.add(row);
              },
              () -> alike.add(new AlikeLines(row)));
    }
    // What was apart at first may have become the same.
    Map<String, AlikeLines> byTemplate = new LinkedHashMap<>();
    byLength.values().stream()
        .flatMap(List::stream)
        .forEach(one -> byTemplate.merge(one.template(), one, AlikeLines::with));
    return byTemplate.values().stream()
        .sorted(Comparator.comparingLong(AlikeLines::count).reversed())
        .toList();
  }
}
