package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lodge up}: everything, until it is told to stop. */
@Command(
    name = "up",
    abbreviateSynopsis = true,
    description = "Run Lodge: receive, keep, deliver, query.",
    sortOptions = false,
    footer = {
      "  lodge up                                          on loopback, with its own ClickHouse",
      "  lodge up --data /var/lib/lodge",
      "  lodge up --config lodge.yaml --set log.level=debug",
      "  lodge up --set clickhouse.url=http://ch1:8123 --set clickhouse.password=env:CH_PASSWORD",
      "  lodge config print                                every option, with what it means"
    },
    exitCodeList = {
      "130, 143:stopped in order, by Ctrl-C or by SIGTERM",
      "1:it could not start",
      "2:the command line or the configuration cannot be used"
    })
final class UpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
    long startNanos = System.nanoTime();
    Config config = options.load(terminal);
    Logging.start(config.log().level(), terminal.err());
    CountDownLatch stopped = new CountDownLatch(1);
    try (Progress progress = new Progress(terminal)) {
      Lodge lodge = Lodge.start(config, progress::say);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(lodge, stopped), "lodge-shutdown"));
    }
    terminal.out().print(Welcome.page(config, System.nanoTime() - startNanos));
    terminal.out().flush();
    stopped.await();
    return ExitCodes.DONE;
  }

  private void stop(Lodge lodge, CountDownLatch stopped) {
    terminal.err().println("stopping: answering what is in flight, sending what is ready");
    lodge.close();
    terminal.err().println("stopped");
    terminal.err().flush();
    stopped.countDown();
  }
}
