package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.RouteTrial;
import io.lodge.route.RoutingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lodge route}: what the routing rules do. */
@Command(name = "route", description = "Try routing rules on sample records.")
final class RouteCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private RouteCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new RouteCommand())
        .addSubcommand(new Test(terminal))
        .addSubcommand(new Show(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: test or show");
  }

  /** {@code lodge route show}. */
  @Command(
      name = "show",
      description = "Print the built-in rules, which are tried before those of route.rules.")
  static final class Show implements Callable<Integer> {
    private final Terminal terminal;

    Show(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.out().print(RoutingReader.builtIn());
      terminal.out().flush();
      return ExitCodes.DONE;
    }
  }

  /** {@code lodge route test}. */
  @Command(
      name = "test",
      abbreviateSynopsis = true,
      description = {
        "Show, for each sample record, which rules fired and what came out. Nothing is stored.",
        "",
        "FILE holds requests of OTLP (logs or traces) or Loki in JSON: one, or one on each line, as the"
            + " Collector's file exporter writes them. Any other line is taken for a log record's body."
            + " --format says that it holds something else."
      },
      footer = {
        "  lodge route test samples.jsonl --rules rules.yaml",
        "  lodge route test clickhouse-server.log --resource k8s.container.name=clickhouse",
        "  lodge route test messages.txt --format syslog",
        "  lodge route test events.jsonl --format events --dataset web"
      },
      exitCodeList = {"0:shown", "1:the samples cannot be read", "2:the rules cannot be used"})
  @SuppressWarnings("NullAway.Init") // picocli sets fields
  static final class Test implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ConfigFileOptions options = new ConfigFileOptions();

    @Parameters(paramLabel = "FILE", description = "The samples.")
    private Path samples;

    @Option(
        names = "--rules",
        paramLabel = "FILE",
        description = "Configuration file whose route.rules are tried. As --config.")
    private @Nullable Path rules;

    @Option(
        names = "--resource",
        paramLabel = "KEY=VALUE",
        description = "Resource attribute of lines that are no OTLP. Repeatable.")
    private Map<String, String> resource = new LinkedHashMap<>();

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "lines (default), syslog, events, bulk or zipkin.")
    private RouteSamples.Format format = RouteSamples.Format.LINES;

    @Option(
        names = "--dataset",
        paramLabel = "NAME",
        description = "Dataset of events; index of documents that name none.")
    private String dataset = "samples";

    Test(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, InvalidConfigException {
      RouteTrial trial = new RouteTrial(RoutingReader.read(config().route()));
      RoutePrinter printer = new RoutePrinter(terminal);
      for (RouteSamples.Sample sample : samples()) {
        try {
          printer.print(trial.of(sample.kind(), sample.context(), sample.body()));
        } catch (MalformedPayloadException e) {
          throw new CommandException(
              "cannot read %s: %s; see lodge route test --help for what it may hold"
                  .formatted(samples, e.getMessage()),
              e);
        }
      }
      printer.summary();
      return ExitCodes.DONE;
    }

    private Config config() throws InvalidConfigException {
      ConfigSource source = options.source(terminal);
      return Config.load(
          rules == null
              ? source
              : new ConfigSource(
                  Optional.of(rules),
                  Optional.empty(),
                  source.overrides(),
                  true,
                  Map.copyOf(terminal.environment())));
    }

    private List<RouteSamples.Sample> samples() throws CommandException {
      try {
        return new RouteSamples(resource, dataset).read(format, Files.readString(samples));
      } catch (IOException e) {
        throw new CommandException(
            "cannot read %s: %s; name a UTF-8 file".formatted(samples, e.getMessage()), e);
      }
    }
  }
}
