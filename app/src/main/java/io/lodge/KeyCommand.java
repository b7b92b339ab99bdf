package io.lodge;

import io.lodge.config.AccessKey;
import io.lodge.config.Secret;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lodge key}: makes access keys. */
@Command(name = "key", description = "Make access keys for listeners.")
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private KeyCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new KeyCommand()).addSubcommand(new New(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: new");
  }

  @Command(
      name = "new",
      description = {
        "Print a new key, once, and the lines for the configuration.",
        "Only the key's hash is kept: a key that is lost is replaced, not found again."
      },
      sortOptions = false,
      footer = {
        "  lodge key new --kind ingest --name web-agents --tenant shop",
        "  lodge key new --kind query --name grafana"
      },
      exitCodeList = {"0:printed", "2:the command line cannot be used"})
  static final class New implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
        names = "--kind",
        paramLabel = "ingest|query",
        required = true,
        description = "ingest: send to receive.*; query: read from api.*.")
    private AccessKey.@Nullable Kind kind;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "Who uses it: letters, digits, dot, dash and underscore.")
    private String name = "";

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "Whose data it sends or reads. Default: " + AccessKey.DEFAULT_TENANT + ".")
    private String tenant = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    New(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      plain("--name", name);
      if (!tenant.isEmpty()) {
        plain("--tenant", tenant);
      }
      if (kind == null) {
        throw new ParameterException(spec.commandLine(), "missing --kind");
      }
      Secret key = AccessKey.generate(kind);
      terminal.err().println("The key, shown once:");
      terminal.out().println(key.reveal());
      terminal.err().println();
      terminal
          .err()
          .println("For the configuration file; of several keys, list the items under one keys:");
      terminal.err().println(yaml(kind, key));
      return ExitCodes.DONE;
    }

    private String yaml(AccessKey.Kind kind, Secret key) {
      return """
      auth:
        keys:
          - name: "%s"
            kind: %s
            hash: "%s"\
      """
              .formatted(name, kind.name().toLowerCase(Locale.ROOT), AccessKey.hashOf(key))
          + (tenant.isEmpty() ? "" : "\n      tenant: \"" + tenant + "\"");
    }

    /** Text that YAML, logs and metrics take as it is. */
    private void plain(String option, String text) {
      if (!text.matches("[A-Za-z0-9._-]{1,100}")) {
        throw new ParameterException(
            spec.commandLine(),
            option + " takes 1 to 100 letters, digits, dots, dashes and underscores");
      }
    }
  }
}
