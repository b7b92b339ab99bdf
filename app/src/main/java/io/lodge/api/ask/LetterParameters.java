package io.lodge.api.ask;

import io.lodge.query.letters.LetterFilter;
import io.lodge.query.letters.LetterFilter.Replayed;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.BadTimeException;
import io.lodge.query.time.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The parameters that say which dead letters are meant. */
final class LetterParameters {
  private static final Set<String> NAMES =
      Set.of("id", "kind", "reason", "service", "tenant", "from", "to", "replayed");

  private LetterParameters() {}

  static Set<String> and(String... more) {
    Set<String> names = new TreeSet<>(NAMES);
    names.addAll(List.of(more));
    return names;
  }

  /** Without a time, all that is kept. */
  static LetterFilter read(Parameters in) throws QueryFault {
    List<String> ids = in.list("id");
    for (String id : ids) {
      if (!id.matches("[0-9a-f]{32}")) {
        throw QueryFault.badRequest(
            "unexpected id of a dead letter; got %s want 32 hexadecimal digits".formatted(id));
      }
    }
    String replayed = in.choice("replayed", List.of("any", "no", "yes"));
    try {
      return new LetterFilter(
          ids,
          in.text("kind", ""),
          in.text("reason", ""),
          in.text("service", ""),
          in.text("tenant", ""),
          TimeRange.parse(in.text("from", "now-200d"), in.text("to", "now"), in.nowNanos()),
          Replayed.valueOf(replayed.toUpperCase(Locale.ROOT)));
    } catch (BadTimeException e) {
      throw QueryFault.of(e);
    }
  }
}
