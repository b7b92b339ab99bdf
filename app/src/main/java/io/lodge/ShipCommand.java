package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.HostPort;
import io.lodge.config.InvalidConfigException;
import io.lodge.ship.ShipReport;
import io.lodge.ship.Shipment;
import io.lodge.ship.Shipper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodge ship}: lines become logs. */
@Command(
    name = "ship",
    abbreviateSynopsis = true,
    description = "Send lines of files or standard input as OTLP logs.",
    sortOptions = false,
    footer = {
      "  journalctl -f | lodge ship --service journal",
      "  lodge ship --follow /var/log/nginx/access.log /var/log/nginx/error.log",
      "  lodge ship --resource deployment.environment.name=test build.log",
      "  lodge ship --to https://logs.example.com:4318 --key env:LODGE_INGEST_KEY app.log",
      "",
      "Every line is sent until it is acknowledged; a reply that gets lost may store lines twice.",
      "Where it stopped is not remembered: --follow begins with the whole file unless --from-end.",
      "Severity is taken from the line where it states one; the time is when the line was read."
    },
    exitCodeList = {
      "0:every line was read and acknowledged",
      "1:some were not; the last line on standard error counts them",
      "2:the command line or the configuration cannot be used"
    })
final class ShipCommand implements Callable<Integer> {
  /** How long a stopped process may take to send what it has read. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "Files to send; none means standard input.")
  private List<Path> files = List.of();

  @Option(
      names = {"-f", "--follow"},
      description =
          "Go on with what is appended, like tail -F: through rotation, truncation and files that"
              + " appear later. Tries for ever while nothing answers.")
  private boolean follow;

  @Option(names = "--from-end", description = "With --follow: leave out what the files hold now.")
  private boolean fromEnd;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "service.name of the lines. Default: the file's name, or stdin.")
  private @Nullable String service;

  @Option(
      names = "--resource",
      paramLabel = "KEY=VALUE",
      description = "Another resource attribute. Repeatable.")
  private Map<String, String> resource = new LinkedHashMap<>();

  @Option(
      names = "--to",
      paramLabel = "URL",
      converter = Urls.Typed.class,
      description = "Any OTLP/HTTP receiver. Default: receive.otlp.http of the configuration.")
  private @Nullable URI to;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Ingest key: env:NAME, file:PATH or the key. Or LODGE_KEY.")
  private @Nullable String key;

  @Option(
      names = "--gzip",
      negatable = true,
      description = "Compress requests. Default: not to this machine, else yes.")
  private @Nullable Boolean gzip;

  @Option(
      names = "--give-up-after",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Without --follow: try this long while nothing answers. Default: 120.")
  private int giveUpAfterSeconds;

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  ShipCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException {
    if (!follow) {
      if (fromEnd) {
        throw new CommandException(
            ExitCodes.USAGE,
            "cannot use --from-end by itself: it leaves out all there is; add --follow");
      }
      refuseUnreadable();
    }
    Shipper shipper =
        new Shipper(shipment(), notice -> terminal.err().println("lodge ship: " + notice));
    CountDownLatch reported = new CountDownLatch(1);
    Thread stop = stopHook(shipper, Thread.currentThread(), reported);
    Runtime.getRuntime().addShutdownHook(stop);
    ShipReport report = shipper.run();
    terminal.err().println("lodge ship: " + report);
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException alreadyStopping) {
      return ExitCodes.FAILED;
    }
    return report.complete() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /** SIGTERM and Ctrl-C: what was read is still sent, for a while. */
  private static Thread stopHook(Shipper shipper, Thread running, CountDownLatch reported) {
    return new Thread(
        () -> {
          shipper.stop();
          try {
            if (!reported.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
              running.interrupt();
              reported.await(1, TimeUnit.SECONDS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "ship-stop");
  }

  private Shipment shipment() throws InvalidConfigException, CommandException {
    URI logs = logs();
    Map<String, String> attributes = new LinkedHashMap<>(resource);
    if (service != null) {
      attributes.put("service.name", service);
    }
    boolean local = new HostPort(Urls.host(logs), 0).isLoopback();
    return new Shipment(
        files,
        terminal.in(),
        follow,
        fromEnd,
        attributes,
        logs,
        AccessKeyOption.resolve(key, terminal),
        gzip == null ? !local : gzip,
        Duration.ofSeconds(giveUpAfterSeconds),
        Shipment.BACKOFF,
        Shipment.LINGER,
        Shipment.LINE_BYTES_MAX);
  }

  private URI logs() throws InvalidConfigException, CommandException {
    if (to != null) {
      return Urls.http(to, "--to", "/v1/logs");
    }
    Config loaded = config.load(terminal);
    URI url = ConfigFileOptions.urlOf(loaded.receive().otlpHttp(), loaded.tls().isPresent());
    return url.resolve("/v1/logs");
  }

  private void refuseUnreadable() throws CommandException {
    Optional<Path> unreadable =
        files.stream()
            .filter(file -> Files.isDirectory(file) || !Files.isReadable(file))
            .findFirst();
    if (unreadable.isPresent()) {
      throw new CommandException(
          ExitCodes.USAGE,
          "cannot read "
              + unreadable.get()
              + "; name files this user may read, or --follow one that will appear");
    }
  }
}
