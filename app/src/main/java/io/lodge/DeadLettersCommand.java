package io.lodge;

import io.lodge.config.InvalidConfigException;
import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lodge dead-letters}: records that were accepted and could not be stored. */
@Command(
    name = "dead-letters",
    description = "Records that could not be stored: look at them, send them again.")
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private DeadLettersCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new ListGroups(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new ReplayAll(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: list, show or replay");
  }

  /** Which form an answer is printed in. */
  static final class Form {
    private enum Format {
      TEXT,
      JSON
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json.")
    private Format format = Format.TEXT;

    boolean isJson() {
      return format == Format.JSON;
    }
  }

  /** Which letters are meant. */
  static final class Filter {
    @Option(names = "--kind", paramLabel = "KIND", description = "Such as otlp-logs-protobuf.")
    private String kind = "";

    @Option(names = "--reason", paramLabel = "WORD", description = "Such as record_too_large.")
    private String reason = "";

    @Option(names = "--service", paramLabel = "NAME", description = "The record's service.")
    private String service = "";

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose records.")
    private String tenant = "";

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Received since then: now-1h, 2026-11-21, 2026-11-21T20:00:00Z.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "Received before then.")
    private String until = "";

    Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("kind", kind);
      parameters.put("reason", reason);
      parameters.put("service", service);
      parameters.put("tenant", tenant);
      parameters.put("from", since);
      parameters.put("to", until);
      return parameters;
    }
  }

  /** {@code lodge dead-letters list}. */
  @Command(
      name = "list",
      abbreviateSynopsis = true,
      description = "Count dead letters by kind, reason, service and tenant.",
      footer = {
        "  lodge dead-letters list",
        "  lodge dead-letters list --since now-1d --format json"
      },
      exitCodeList = {
        "0:they were counted",
        "1:Lodge or ClickHouse does not answer",
        "2:wrong usage"
      })
  static final class ListGroups implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private Filter filter = new Filter();
    @Mixin private Form form = new Form();
    @Mixin private ApiClient client = new ApiClient();

    ListGroups(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call()
        throws CommandException, InvalidConfigException, IOException, InterruptedException {
      ApiClient.Answer answer = client.get(terminal, "/api/dead-letters", filter.parameters());
      if (form.isJson()) {
        terminal.out().writeBytes(answer.body());
      } else {
        new LetterPrinter(terminal).groups(answer.data().objects("groups"));
      }
      return ExitCodes.DONE;
    }
  }

  /** {@code lodge dead-letters show}. */
  @Command(
      name = "show",
      abbreviateSynopsis = true,
      description = "Print letters whole, the newest first, their records as text.",
      footer = {
        "  lodge dead-letters show 3f9a01bc018bcfe568003f9a01bc018b",
        "  lodge dead-letters show --reason record_too_large --limit 3"
      },
      exitCodeList = {"0:letters were printed", "1:there is none, or no answer", "2:wrong usage"})
  static final class Show implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "What list calls an example.")
    private List<String> ids = List.of();

    @Mixin private Filter filter = new Filter();
    @Mixin private Form form = new Form();
    @Mixin private ApiClient client = new ApiClient();

    @Option(names = "--limit", paramLabel = "N", description = "Letters at most, up to 100.")
    private int limit = 10;

    Show(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call()
        throws CommandException, InvalidConfigException, IOException, InterruptedException {
      Map<String, String> parameters = filter.parameters();
      parameters.put("id", String.join(",", ids));
      parameters.put("limit", Integer.toString(limit));
      ApiClient.Answer answer = client.get(terminal, "/api/dead-letters/letters", parameters);
      List<JsonRow> letters = answer.data().objects("letters");
      if (form.isJson()) {
        terminal.out().writeBytes(answer.body());
      } else {
        letters.forEach(new LetterPrinter(terminal)::letter);
      }
      if (letters.isEmpty()) {
        terminal.err().println(ids.isEmpty() ? "no dead letters" : "no such dead letter");
        return ExitCodes.FAILED;
      }
      return ExitCodes.DONE;
    }
  }

  /** {@code lodge dead-letters replay}. */
  @Command(
      name = "replay",
      abbreviateSynopsis = true,
      description = {
        "Send letters again through the running gateway, each once.",
        "What would fail as before is left, and said. Asks for an ingest key where keys are used."
      },
      footer = {
        "  lodge dead-letters replay --reason record_too_large --dry-run",
        "  lodge dead-letters replay --reason record_too_large"
      },
      exitCodeList = {
        "0:all of them were sent, or would be",
        "1:some were held back, or no answer",
        "2:wrong usage"
      })
  static final class ReplayAll implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "These letters alone.")
    private List<String> ids = List.of();

    @Mixin private Filter filter = new Filter();
    @Mixin private Form form = new Form();
    @Mixin private ApiClient client = new ApiClient();

    @Option(names = "--dry-run", description = "Say what would be stored; send nothing.")
    private boolean dryRun;

    @Option(
        names = "--as",
        paramLabel = "KIND",
        description = "What records of Kafka are that could not be read, such as otlp-logs-json.")
    private String as = "";

    ReplayAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call()
        throws CommandException, InvalidConfigException, IOException, InterruptedException {
      Map<String, String> parameters = filter.parameters();
      parameters.put("id", String.join(",", ids));
      parameters.put("as", as);
      parameters.put("dry_run", dryRun ? "1" : "0");
      LetterPrinter printer = new LetterPrinter(terminal);
      long sent = 0;
      boolean heldBack = false;
      String next;
      do {
        ApiClient.Answer answer = client.post(terminal, "/api/dead-letters/replay", parameters);
        JsonRow data = answer.data();
        sent += data.count("sent");
        heldBack |= !data.objects("held_back").isEmpty();
        if (form.isJson()) {
          terminal.out().writeBytes(answer.body());
        } else {
          printer.heldBack(data.objects("held_back"));
        }
        next = data.text("next");
        parameters.put("after", next);
      } while (!next.isEmpty());
      if (!form.isJson()) {
        printer.sent(sent, dryRun);
      }
      return heldBack ? ExitCodes.FAILED : ExitCodes.DONE;
    }
  }
}
