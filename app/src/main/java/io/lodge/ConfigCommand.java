package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.ConfigMarkdown;
import io.lodge.config.ConfigText;
import io.lodge.config.InvalidConfigException;
import io.lodge.route.RoutingReader;
import java.nio.file.Path;
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

/** {@code lodge config}: what would be in force. */
@Command(name = "config", description = "Show and check the configuration.")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ConfigCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new ConfigCommand())
        .addSubcommand(new Print(terminal))
        .addSubcommand(new Check(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: print or check");
  }

  /** Where the file is all that is asked about, it needs no option's name. */
  static final class NamedConfig extends ConfigOptions {
    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        description = "The YAML file; the same as --config FILE.")
    private @Nullable Path named;

    @Override
    Optional<Path> file() {
      return Optional.ofNullable(named).or(super::file);
    }
  }

  @Command(
      name = "print",
      description = "Print the settings in force as YAML, and where each was set.",
      footer = {
        "  lodge config print lodge.yaml --set api.listen=127.0.0.1:9090",
        "  lodge config print --defaults > lodge.yaml     a file to start from",
        "",
        "Secrets are masked."
      },
      exitCodeList = {"0:printed", "2:the configuration cannot be used"})
  static final class Print implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private NamedConfig config = new NamedConfig();

    @Option(names = "--defaults", description = "Print every option with its default and meaning.")
    private boolean defaults;

    @Option(names = "--markdown", hidden = true, description = "Render docs/configuration.md.")
    private boolean markdown;

    Print(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws InvalidConfigException {
      terminal.out().print(text());
      terminal.out().flush();
      return ExitCodes.DONE;
    }

    private String text() throws InvalidConfigException {
      if (markdown) {
        return ConfigMarkdown.render();
      }
      return defaults ? ConfigText.defaults() : ConfigText.effective(config.source(terminal));
    }
  }

  @Command(
      name = "check",
      description = "Check the settings and list every fault with its place and remedy.",
      footer = "  lodge config check lodge.yaml",
      exitCodeList = {"0:the configuration can be used", "2:it cannot"})
  static final class Check implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private NamedConfig config = new NamedConfig();

    Check(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws InvalidConfigException {
      Config checked = config.load(terminal);
      RoutingReader.read(checked.route());
      terminal.out().println("The configuration can be used. Data is kept in " + checked.data());
      return ExitCodes.DONE;
    }
  }
}
