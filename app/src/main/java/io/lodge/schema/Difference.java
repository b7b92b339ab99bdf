package io.lodge.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What separates one thing a server has from the one that is wanted, as steps. */
final class Difference {
  /** Clustered flavours of an engine hold the same table: an operator chose them. */
  private static final Pattern FLAVOUR = Pattern.compile("^(Replicated|Shared)|\\(.*\\)$");

  /** A table keeps what it was created with: ClickHouse refuses to alter these. */
  private static final Set<String> FIXED_SETTINGS = Set.of("index_granularity");

  private final Ddl wanted;
  private final Ddl actual;
  private final List<Change> changes = new ArrayList<>();

  private Difference(Ddl wanted, Ddl actual) {
    this.wanted = wanted;
    this.actual = actual;
  }

  /** The steps from {@code actual}, null if it is not there at all, to {@code wanted}. */
  static List<Change> between(Ddl wanted, @Nullable Ddl actual) {
    if (actual == null) {
      String kind = wanted.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return List.of(new Change("create " + kind + " " + wanted.name(), wanted.sql()));
    }
    Difference difference = new Difference(wanted, actual);
    return switch (wanted.kind()) {
      case DATABASE -> List.of();
      case TABLE -> difference.table();
      case MATERIALIZED_VIEW -> difference.view();
    };
  }

  private List<Change> table() {
    byHandIfDiffers("ENGINE", engine(wanted), engine(actual));
    for (String clause : List.of("PARTITION BY", "PRIMARY KEY", "ORDER BY")) {
      byHandIfDiffers(clause, wanted.clause(clause), actual.clause(clause));
    }
    columns();
    indexes();
    if (!wanted.clause("TTL").equals(actual.clause("TTL"))) {
      alter("set the retention of %s to %s", wanted.clause("TTL"), "MODIFY TTL %2$s");
    }
    wanted.settings().forEach(this::setting);
    return changes;
  }

  private void byHandIfDiffers(String clause, String want, String got) {
    if (!want.equals(got)) {
      changes.add(
          Change.byHand(
              "cannot change %s of %s from %s to %s: no ALTER does it; make a new table and copy"
                  .formatted(clause, wanted.name(), got, want)));
    }
  }

  private static String engine(Ddl table) {
    String engine = table.clause("ENGINE");
    return engine.contains("MergeTree") ? FLAVOUR.matcher(engine).replaceAll("") : engine;
  }

  private void columns() {
    String place = " FIRST";
    for (Map.Entry<String, String> column : wanted.columns().entrySet()) {
      String name = column.getKey();
      String got = actual.columns().get(name);
      if (got == null) {
        alter(
            "add column " + name + " to %s",
            column.getValue(),
            "ADD COLUMN IF NOT EXISTS `" + name + "` %2$s" + place);
      } else if (!got.equals(column.getValue())) {
        alter(
            "change column " + name + " of %s to %s",
            column.getValue(),
            "MODIFY COLUMN `" + name + "` %2$s");
      }
      place = " AFTER `" + name + "`";
    }
  }

  private void indexes() {
    for (Map.Entry<String, String> index : wanted.indexes().entrySet()) {
      String name = index.getKey();
      String got = actual.indexes().get(name);
      if (index.getValue().equals(got)) {
        continue;
      }
      if (got != null) {
        alter("drop the older index " + name + " of %s", "", "DROP INDEX IF EXISTS " + name);
      }
      alter(
          "add index " + name + " to %s (parts written from now on)",
          index.getValue(),
          "ADD INDEX IF NOT EXISTS " + name + " %2$s");
    }
  }

  private void setting(String name, String value) {
    if (!FIXED_SETTINGS.contains(name) && !value.equals(actual.settings().get(name))) {
      alter("set " + name + " of %s to %s", value, "MODIFY SETTING " + name + " = %2$s");
    }
  }

  private List<Change> view() {
    String from = target(actual);
    String to = target(wanted);
    if (!from.equals(to)) {
      return List.of(
          Change.byHand(
              "cannot move view %s from %s to %s: rows inserted meanwhile would be lost; stop inserts and drop it"
                  .formatted(wanted.name(), from, to)));
    }
    if (!wanted.clause("AS").equals(actual.clause("AS"))) {
      // In place: dropping and creating would lose the rows inserted in between.
      alter("replace the query of view %s", wanted.clause("AS"), "MODIFY QUERY %2$s");
    }
    return changes;
  }

  /** The server writes the columns behind the target's name. */
  private static String target(Ddl view) {
    String clause = view.clause("TO");
    int end = clause.indexOf(' ');
    return end < 0 ? clause : clause.substring(0, end);
  }

  private void alter(String what, String value, String action) {
    changes.add(
        new Change(
            what.formatted(wanted.name(), value),
            ("ALTER TABLE %1$s " + action).formatted(wanted.name(), value)));
  }
}
