package io.lodge.api.ask;

import com.linecorp.armeria.common.QueryParams;
import io.lodge.query.rows.RowTable;
import io.lodge.query.rows.TableChoice;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.BadTimeException;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The query parameters of one request. */
final class Parameters {
  /** What a filter is made of. */
  static final Set<String> FILTER = Set.of("q", "from", "to", "table");

  /** Any name that begins with {@code param_}. */
  static final String VALUES = "param_*";

  private static final String VALUE = "param_";

  private final QueryParams given;
  private final long nowNanos;

  /**
   * @param known the names that the question has; others are a mistake that is said
   */
  Parameters(QueryParams given, Set<String> known, long nowNanos) throws QueryFault {
    this.given = given;
    this.nowNanos = nowNanos;
    for (Map.Entry<String, String> entry : given) {
      if (!isKnown(known, entry.getKey())) {
        throw QueryFault.badRequest(
            "unexpected query parameter; got %s want one of %s"
                .formatted(entry.getKey(), String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static boolean isKnown(Set<String> known, String name) {
    return known.contains(name)
        || (known.contains(VALUES) && name.startsWith(VALUE) && name.length() > VALUE.length());
  }

  /** Values of the {@code {name:Type}} of a statement, by name. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    given.forEach((name, value) -> {
      if (name.startsWith(VALUE)) {
        values.put(name.substring(VALUE.length()), value);
      }
    });
    return values;
  }

  /** The names of a question that has a filter and more. */
  static Set<String> filterAnd(String... more) {
    Set<String> names = new TreeSet<>(FILTER);
    names.addAll(List.of(more));
    return names;
  }

  long nowNanos() {
    return nowNanos;
  }

  String text(String name, String otherwise) {
    String value = given.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** A parameter that must be there. */
  String text(String name) throws QueryFault {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw QueryFault.badRequest("missing query parameter " + name);
    }
    return value;
  }

  int count(String name, int otherwise, int max) throws QueryFault {
    String value = text(name, Integer.toString(otherwise));
    try {
      int count = Integer.parseInt(value);
      if (count >= 1 && count <= max) {
        return count;
      }
    } catch (NumberFormatException noNumber) {
      // said below
    }
    throw QueryFault.badRequest("unexpected %s; got %s want 1 to %d".formatted(name, value, max));
  }

  /** One of some words; the first if it is not given. */
  String choice(String name, List<String> words) throws QueryFault {
    String value = text(name, words.getFirst());
    if (!words.contains(value)) {
      throw QueryFault.badRequest(
          "unexpected %s; got %s want one of %s".formatted(name, value, String.join(", ", words)));
    }
    return value;
  }

  /** Values apart by commas; empty if it is not given. */
  List<String> list(String name) {
    return List.of(text(name, "").split(",", -1)).stream()
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** {@code from} and {@code to}: the last hour if not given. */
  TimeRange range() throws QueryFault {
    try {
      return TimeRange.parse(text("from", "now-1h"), text("to", "now"), nowNanos);
    } catch (BadTimeException e) {
      throw QueryFault.of(e);
    }
  }

  /** Whether the search is to say which table it is about. */
  boolean isTableAuto() {
    return text("table", "").equals("auto");
  }

  /** {@code table}; {@code auto} takes the one that the search speaks of. */
  RowTable table() throws QueryFault {
    String word = text("table", RowTable.LOGS.word());
    if (isTableAuto()) {
      return TableChoice.byColumns(text("q", ""));
    }
    return RowTable.named(word)
        .orElseThrow(() ->
            QueryFault.badRequest(
                "unexpected table; got %s want %s or auto"
                    .formatted(
                        word,
                        RowTable.all().stream()
                            .map(RowTable::word)
                            .collect(Collectors.joining(", ")))));
  }
}
