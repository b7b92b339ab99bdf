package io.lodge;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.schema.Change;
import io.lodge.schema.NewerSchemaException;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the schema when Lodge starts, and goes on trying while ClickHouse is away: a gateway that
 * starts in an outage accepts data like any other.
 */
final class SchemaKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaKeeper.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int SAID_ONE_BY_ONE_MAX = 8;

  private final Schema schema;
  private final Thread thread =
      Thread.ofVirtual().name("schema-keeper").unstarted(this::applyUntilDone);
  private volatile String trouble = "the schema is not applied yet";

  SchemaKeeper(ClickHouse clickHouse) {
    schema = new Schema(clickHouse);
  }

  /** Applies the schema now if ClickHouse is there, or keeps trying beside. */
  void start() {
    if (!apply()) {
      thread.start();
    }
  }

  /** Why the tables may not be as this build wants them; empty if they are. */
  String trouble() {
    return trouble;
  }

  private void applyUntilDone() {
    try {
      do {
        Thread.sleep(RETRY);
      } while (!apply());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean apply() {
    try {
      List<Change> done = schema.apply();
      say(done);
      trouble = "";
      return true;
    } catch (NewerSchemaException e) {
      return isWhole(e);
    } catch (IOException e) {
      return failed("cannot apply the schema: " + e.getMessage());
    }
  }

  /** Every change of a schema that is there is news; that a new one is created is one piece. */
  private static void say(List<Change> done) {
    List<Change> created = done.stream().filter(Change::creates).toList();
    boolean few = created.size() <= SAID_ONE_BY_ONE_MAX;
    for (Change change : done) {
      if (few || !change.creates()) {
        log.info("schema: {}", change.what());
      } else {
        log.debug("schema: {}", change.what());
      }
    }
    if (!few) {
      log.info("schema: created {} databases, tables and views", created.size());
    }
  }

  /**
   * Gateways of two builds run side by side during an upgrade, and what this one sends still fits;
   * but not while the newer build is half way: a landing table without its view forgets rows.
   */
  private boolean isWhole(NewerSchemaException newer) {
    try {
      if (schema.plan().stream().anyMatch(Change::creates)) {
        return failed(newer.getMessage() + "; and it is not whole yet");
      }
      log.warn("{}", newer.getMessage());
      trouble = "";
      return true;
    } catch (IOException e) {
      return failed("cannot look at the schema: " + e.getMessage());
    }
  }

  private boolean failed(String now) {
    if (!now.equals(trouble)) {
      log.warn("{}; trying again", now);
    }
    trouble = now;
    return false;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
