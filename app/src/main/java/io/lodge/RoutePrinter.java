package io.lodge;

import io.lodge.decode.rows.RouteTrial;
import java.util.Map;
import java.util.TreeMap;

/** Prints what rules did to records, for people: what changed beside what was sent. */
final class RoutePrinter {
  private static final int LINE_CHARS = 160;

  private final Terminal terminal;
  private final Map<String, Integer> stored = new TreeMap<>();
  private int records;

  RoutePrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(RouteTrial.Trial trial) {
    trial.results().forEach(this::print);
    if (trial.rejected() > 0) {
      terminal
          .out()
          .println("%d → otel.dead_letters: %s%n".formatted(trial.rejected(), trial.reason()));
      records += (int) trial.rejected();
      stored.merge("otel.dead_letters", (int) trial.rejected(), Integer::sum);
    }
  }

  private void print(RouteTrial.Result result) {
    records++;
    String to = result.to().map(table -> "otel." + table).orElse("dropped");
    stored.merge(to, 1, Integer::sum);
    String rate = result.sampleRate() > 1 ? ", stands for " + result.sampleRate() : "";
    terminal.out().println("record %d → %s%s".formatted(records, to, rate));
    line("rules", result.fired().isEmpty() ? "none fired" : String.join(", ", result.fired()));
    if (!result.failed().isEmpty()) {
      line("failed", String.join(", ", result.failed()));
    }
    result
        .before()
        .texts()
        .forEach(
            (what, text) -> changed(what, text, result.after().texts().getOrDefault(what, "")));
    attributes(result.before().attributes(), result.after().attributes());
    terminal.out().println();
  }

  void summary() {
    StringBuilder text = new StringBuilder(records + (records == 1 ? " record" : " records"));
    stored.forEach((to, count) -> text.append(", ").append(to).append(' ').append(count));
    terminal.out().println(text);
  }

  private void changed(String what, String before, String after) {
    if (before.equals(after)) {
      if (!after.isEmpty()) {
        line(what, after);
      }
    } else {
      line("- " + what, before);
      line("+ " + what, after);
    }
  }

  private void attributes(Map<String, String> before, Map<String, String> after) {
    before.forEach((key, value) -> {
      if (!value.equals(after.get(key))) {
        line("- " + key, value);
      }
    });
    after.forEach((key, value) -> line(value.equals(before.get(key)) ? key : "+ " + key, value));
  }

  private void line(String what, String text) {
    String oneLine = text.replace("\n", "⏎");
    String shown =
        oneLine.length() <= LINE_CHARS ? oneLine : oneLine.substring(0, LINE_CHARS) + "…";
    terminal.out().println("  %-22s %s".formatted(what, shown).stripTrailing());
  }
}
