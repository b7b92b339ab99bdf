package io.lodge;

import io.lodge.query.run.JsonRow;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Prints what the API says of dead letters, for people. */
final class LetterPrinter {
  private static final List<String> HEAD =
      List.of("LETTERS", "REPLAYED", "KIND", "REASON", "SERVICE", "TENANT", "FIRST", "LAST");

  /** Columns of numbers, which stand at the right. */
  private static final int NUMBERS = 2;

  private final PrintStream out;

  LetterPrinter(Terminal terminal) {
    out = terminal.out();
  }

  /** A table, and below each line an example of what is wrong. */
  void groups(List<JsonRow> groups) {
    if (groups.isEmpty()) {
      out.println("no dead letters");
      return;
    }
    List<List<String>> lines = groups.stream().map(LetterPrinter::line).toList();
    int[] widths = HEAD.stream().mapToInt(String::length).toArray();
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    print(HEAD, widths);
    for (int i = 0; i < lines.size(); i++) {
      print(lines.get(i), widths);
      JsonRow example = groups.get(i).object("example");
      out.println("         " + example.text("id") + "  " + example.text("detail"));
    }
  }

  private static List<String> line(JsonRow group) {
    return List.of(
        group.text("letters"),
        group.text("replayed"),
        group.text("kind"),
        group.text("reason"),
        group.text("service").isEmpty() ? "-" : group.text("service"),
        group.text("tenant"),
        time(group.count("first")),
        time(group.count("last")));
  }

  private void print(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i < NUMBERS ? blanks + cells.get(i) : cells.get(i) + blanks).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }

  /** All of one letter. */
  void letter(JsonRow letter) {
    out.println("id        " + letter.text("id"));
    long nanos = letter.count("received");
    out.println("received  " + Instant.ofEpochSecond(0, nanos));
    for (String name :
        List.of(
            "kind",
            "reason",
            "detail",
            "service",
            "tenant",
            "target",
            "context",
            "resource",
            "scope",
            "parent")) {
      if (!letter.text(name).isEmpty()) {
        out.printf("%-8s  %s%n", name, letter.text(name));
      }
    }
    for (JsonRow replay : letter.objects("replays")) {
      out.printf(
          "replay    %s by gateway %s: %s %s%n",
          time(replay.count("at")),
          replay.text("gateway"),
          replay.text("outcome"),
          replay.text("detail"));
    }
    out.printf(
        "record    %s bytes at byte %s of its body, as %s%n",
        letter.text("bytes"), letter.text("offset"), letter.text("form"));
    out.println(letter.text("record").stripTrailing());
    out.println();
  }

  /** What was not sent, and why. */
  void heldBack(List<JsonRow> groups) {
    for (JsonRow group : groups) {
      out.printf(
          "held back: %s of %s, %s: %s (such as %s)%n",
          group.text("letters"),
          group.text("kind"),
          group.text("reason"),
          group.text("why"),
          group.text("example"));
    }
  }

  void sent(long letters, boolean dryRun) {
    String what = letters == 1 ? "1 dead letter" : letters + " dead letters";
    out.println(what + (dryRun ? " would be stored; nothing was sent" : " sent again"));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
