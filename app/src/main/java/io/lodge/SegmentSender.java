package io.lodge;

import io.lodge.base.Time;
import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.deliver.Courier;
import io.lodge.deliver.DeliveredBlocksTable;
import io.lodge.ingest.PipelineOptions;
import io.lodge.ingest.Redelivery;
import io.lodge.journal.SegmentFile;
import io.lodge.model.PayloadKind;
import io.lodge.route.Routing;
import io.lodge.route.RoutingReader;
import io.lodge.schema.Change;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sends segments by hand, for commands: to the engine of a running Lodge, or to one started for it,
 * or to the ClickHouse of the configuration.
 */
final class SegmentSender implements AutoCloseable {
  private final Terminal terminal;
  private final Progress progress;
  private final Store store;
  private final Redelivery redelivery;

  private SegmentSender(Terminal terminal, Progress progress, Store store, Redelivery redelivery) {
    this.terminal = terminal;
    this.progress = progress;
    this.store = store;
    this.redelivery = redelivery;
  }

  /**
   * Connects.
   *
   * @param anyDecoder whether to send what another revision of the decoder accepted
   */
  static SegmentSender open(Terminal terminal, Config config, boolean anyDecoder)
      throws CommandException, InvalidConfigException, InterruptedException {
    Routing routing = RoutingReader.read(config.route());
    Progress progress = new Progress(terminal);
    Store store = Store.openBeside(config, progress::say);
    try {
      requireSchema(store);
      PipelineOptions options = Lodge.pipelineOptions(config);
      try (RulesKeeper rules = new RulesKeeper(config.analytics(), routing)) {
        Courier courier =
            new Courier(
                store.writer()::insert,
                new DeliveredBlocksTable(store.writer()),
                config.clickhouse().insertTimeout(),
                () -> "",
                Time.SYSTEM);
        return new SegmentSender(
            terminal,
            progress,
            store,
            new Redelivery(options, courier, rules.first(), Time.SYSTEM, anyDecoder));
      }
    } catch (CommandException | RuntimeException e) {
      store.close();
      progress.close();
      throw e;
    }
  }

  /** A landing table without its view takes rows and forgets them. */
  private static void requireSchema(Store store) throws CommandException {
    try {
      for (Change change : new Schema(store.writer()).plan()) {
        if (!change.byHand()) {
          throw new CommandException(
              "cannot send segments: ClickHouse's tables are not those of this build (%s); run `lodge schema apply`"
                  .formatted(change.what()));
        }
      }
    } catch (IOException e) {
      throw new CommandException("cannot read the schema: " + e.getMessage(), e);
    }
  }

  /** Sends a file and says what became of it; true if ClickHouse has all of it. */
  boolean send(Path path, Set<PayloadKind> kinds, boolean dryRun) throws InterruptedException {
    try {
      Redelivery.Result result = redelivery.send(SegmentFile.open(path), kinds, dryRun);
      terminal.out().println(path.getFileName() + "  " + said(result, dryRun));
      return result instanceof Redelivery.Result.Done;
    } catch (IOException e) {
      terminal.out().println(path.getFileName() + "  cannot read it: " + e.getMessage());
      return false;
    }
  }

  private static String said(Redelivery.Result result, boolean dryRun) {
    return switch (result) {
      case Redelivery.Result.Failed failed -> "not sent: " + failed.why();
      case Redelivery.Result.Done done ->
          (dryRun ? "would send " : "ClickHouse has ")
              + rows(done.rows())
              + (done.whole() ? "" : "; what is damaged in it is not");
    };
  }

  private static String rows(Map<String, Integer> rows) {
    return rows.isEmpty()
        ? "no rows of it"
        : new TreeMap<>(rows)
            .entrySet().stream()
                .map(table -> table.getValue() + " rows of " + table.getKey())
                .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    store.close();
    progress.close();
  }
}
