package io.lodge;

import io.lodge.config.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: which commands there are, how their help looks, how they fail. */
@Command(
    name = "lodge",
    description = "Logs in ClickHouse, on one machine or many: receive, keep, deliver, query.",
    synopsisHeading = "Usage: ",
    customSynopsis = "lodge COMMAND [OPTIONS]",
    descriptionHeading = "%n",
    commandListHeading = "%n",
    optionListHeading = "%nOptions%n",
    footerHeading = "%nStart here%n",
    footer = {
      "  lodge up                                  everything, on this machine",
      "  journalctl -f | lodge ship                send it logs",
      "  lodge sql \"SELECT count() FROM otel.generic_logs\"",
      "  lodge COMMAND --help                      options, examples, exit codes"
    })
public final class Main implements Runnable {
  /** Wide enough for examples on one line, narrow enough for half a screen. */
  private static final int HELP_COLUMNS = 100;

  /** What a command does and how to call it come first. */
  private static final List<String> HELP_SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces of failures. Or LODGE_DEBUG=1.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command line in this process and gives its exit code. */
  static int run(Terminal terminal, String... args) {
    return commandLine(terminal).execute(args);
  }

  static CommandLine commandLine(Terminal terminal) {
    Main main = new Main();
    CommandLine root = new CommandLine(main);
    root.addSubcommand(new UpCommand(terminal));
    root.addSubcommand(new ShipCommand(terminal));
    root.addSubcommand(new SqlCommand(terminal));
    root.addSubcommand(new LedgerCommand(terminal));
    root.addSubcommand(ConfigCommand.commandLine(terminal));
    root.addSubcommand(KeyCommand.commandLine(terminal));
    root.addSubcommand("schema", SchemaCommand.commandLine(terminal));
    root.addSubcommand("journal", JournalCommand.commandLine(terminal));
    root.addSubcommand("dead-letters", DeadLettersCommand.commandLine(terminal));
    root.addSubcommand("route", RouteCommand.commandLine(terminal));
    root.addSubcommand(new VersionCommand(terminal));
    root.getSubcommands().values().forEach(Main::head);
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    root.setHelpSectionKeys(HELP_SECTIONS);
    return root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(terminal.colours() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setUsageHelpWidth(HELP_COLUMNS)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> misused(terminal, e))
        .setExecutionExceptionHandler((e, command, result) -> main.failed(terminal, command, e));
  }

  /** What stands over the parts of a command's help is the same for all. */
  private static void head(CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    help.descriptionHeading("%n");
    help.commandListHeading("%nCommands%n");
    help.parameterListHeading("%nArguments%n");
    help.optionListHeading("%nOptions%n");
    if (!help.exitCodeList().isEmpty()) {
      help.exitCodeListHeading("%nExit codes%n");
    }
    if (help.footer().length > 0) {
      help.footerHeading("%nExamples%n");
    }
    command.getSubcommands().values().forEach(Main::head);
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }

  private static int misused(Terminal terminal, ParameterException e) {
    CommandLine command = e.getCommandLine();
    terminal.err().println("cannot run: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    terminal.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  private int failed(Terminal terminal, CommandLine command, Exception e) {
    boolean traced = debug || terminal.variable("LODGE_DEBUG").isPresent();
    boolean expected = e instanceof CommandException || e instanceof InvalidConfigException;
    if (traced) {
      e.printStackTrace(terminal.err());
    } else if (expected) {
      terminal.err().println(e.getMessage());
    } else {
      String name = command.getCommandSpec().qualifiedName();
      terminal.err().println("cannot finish " + name + ": " + e + "; --debug shows where");
    }
    return switch (e) {
      case CommandException failed -> failed.exitCode();
      case InvalidConfigException _ -> ExitCodes.USAGE;
      default -> ExitCodes.FAILED;
    };
  }
}
