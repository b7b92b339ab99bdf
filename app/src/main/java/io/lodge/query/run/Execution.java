package io.lodge.query.run;

import io.lodge.clickhouse.ResultStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One question under way: what is left of its time, the statements it ran and what they cost. For
 * one thread; an interrupt, which says that nobody waits any more, ends it and its statement.
 */
public final class Execution {
  private final Runner runner;
  private final long beganNanos;
  private final List<Statement> statements = new ArrayList<>();
  private long rowsRead;
  private long bytesRead;

  Execution(Runner runner, long beganNanos) {
    this.runner = runner;
    this.beganNanos = beganNanos;
  }

  /** Called from time to time while a statement runs; must be quick. */
  @FunctionalInterface
  public interface Watcher {
    /** Nobody watches. */
    Watcher NONE = cost -> {};

    /** Takes what the question took until now; throws if nobody waits any more. */
    void progress(Cost soFar) throws InterruptedException;
  }

  /** Another question of the same asker, with all of its time. */
  public Execution another() {
    return runner.begin();
  }

  /** Sends a statement; its rows follow. */
  public Rows open(Statement statement) throws QueryFault, InterruptedException {
    return open(statement, Watcher.NONE);
  }

  /** Sends a statement; its rows follow, and the watcher learns how far it is. */
  public Rows open(Statement statement, Watcher watcher) throws QueryFault, InterruptedException {
    Duration left = left();
    try {
      ResultStream stream = runner.send(statement, Rows.FORMAT, left);
      return new Rows(stream, this, watcher);
    } catch (IOException e) {
      throw faultOf(e);
    }
  }

  /**
   * Sends a statement as somebody typed it; its rows are arrays.
   *
   * @throws QueryFault also if it names a format of its own: the answer would be no rows of ours
   */
  public Rows open(SqlText typed, Watcher watcher) throws QueryFault, InterruptedException {
    Duration left = left();
    try {
      ResultStream stream = runner.send(typed, left);
      Rows rows = new Rows(stream, this, watcher);
      if (!stream.format().isEmpty() && !stream.format().equals(SqlText.FORMAT)) {
        rows.close();
        throw QueryFault.badRequest(
            "cannot stream rows: the statement says FORMAT %s; leave FORMAT away, or ask without stream=1"
                .formatted(stream.format()));
      }
      return rows;
    } catch (IOException e) {
      throw faultOf(e);
    }
  }

  private Duration left() throws QueryFault, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("nobody waits for this answer any more");
    }
    Duration left = runner.limits().timeMax().minus(elapsed());
    if (!left.isPositive()) {
      throw QueryFault.limit(
          Guard.TIME,
          "cannot finish: the question took %d s; ask for less, or raise query.max_time"
              .formatted(runner.limits().timeMax().toSeconds()));
    }
    return left;
  }

  /** Runs a statement whose answer is small, and holds it. */
  public List<JsonRow> all(Statement statement) throws QueryFault, InterruptedException {
    statements.add(statement);
    return quietly(statement);
  }

  /** The same for a statement that only decides which one to ask. */
  public List<JsonRow> quietly(Statement statement) throws QueryFault, InterruptedException {
    List<JsonRow> all = new ArrayList<>();
    try (Rows rows = open(statement)) {
      while (rows.next()) {
        all.add(JsonRow.parse(rows.json()));
      }
    }
    return all;
  }

  /** Shows a statement with the answer: {@link #all} does so by itself. */
  public void show(Statement statement) {
    statements.add(statement);
  }

  /** An interrupt that came as a broken read is an interrupt. */
  static QueryFault faultOf(IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      InterruptedException interrupted = new InterruptedException("nobody waits for this answer");
      interrupted.initCause(e);
      throw interrupted;
    }
    return QueryFault.of(e);
  }

  void add(long rows, long bytes) {
    rowsRead += rows;
    bytesRead += bytes;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  /** What it took until now. */
  public Cost cost() {
    return new Cost(rowsRead, bytesRead, 0, elapsed());
  }

  /** The statements to show with the answer. */
  public List<Statement> statements() {
    return List.copyOf(statements);
  }

  public QueryLimits limits() {
    return runner.limits();
  }
}
