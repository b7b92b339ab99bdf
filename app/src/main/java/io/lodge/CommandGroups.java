package io.lodge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** Lists commands in the order people need them, under what they are for. */
final class CommandGroups implements IHelpSectionRenderer {
  private static final int NAME_WIDTH = 14;

  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  CommandGroups() {
    groups.put("Run", List.of("up"));
    groups.put("Send and ask", List.of("ship", "sql"));
    groups.put("Set up", List.of("config", "route", "key", "schema"));
    groups.put("Look inside", List.of("ledger", "dead-letters", "journal", "version"));
  }

  @Override
  public String render(Help help) {
    StringBuilder out = new StringBuilder();
    groups.forEach((title, names) -> group(help, title, names, out));
    return out.toString();
  }

  private static void group(Help help, String title, List<String> names, StringBuilder out) {
    String lines =
        names.stream()
            .flatMap(
                name -> Stream.ofNullable(help.subcommands().get(name)).map(c -> line(c, name)))
            .collect(Collectors.joining());
    if (!lines.isEmpty()) {
      out.append(help.colorScheme().text("@|bold " + title + "|@")).append(System.lineSeparator());
      out.append(lines);
    }
  }

  private static String line(Help command, String name) {
    String gap = " ".repeat(NAME_WIDTH - name.length());
    String description = command.commandSpec().usageMessage().description()[0];
    Help.Ansi.Text shown = command.colorScheme().commandText(name);
    return "  " + shown + gap + description + System.lineSeparator();
  }
}
