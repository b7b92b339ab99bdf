package io.lodge.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.clickhouse.InsertResult.RetryLater;
import io.lodge.clickhouse.InsertResult.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A ClickHouse server or cluster, spoken to over HTTP. For any number of threads; every call blocks
 * its own.
 *
 * <p>Statements may be sent a second time when a kept connection turns out to be dead, so whatever
 * is executed here must be safe to repeat.
 */
public final class ClickHouse implements AutoCloseable {
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

  /** For the small questions asked here: a scalar, a list of columns, one DDL statement. */
  private static final Duration SMALL = Duration.ofSeconds(60);

  private final Transport transport;

  public ClickHouse(ClickHouseEndpoints endpoints) {
    this.transport = new Transport(endpoints);
  }

  /**
   * Inserts one block and waits until every target has it.
   *
   * <p>Resending the same bytes under the same token is harmless: each table behind {@code table}
   * takes them once, as long as its deduplication window still holds the token.
   *
   * @param table {@code database.table}
   * @param token names exactly these bytes, for ever: other bytes under a used token are dropped
   *     without a word
   * @param body the block in the Native format inside ClickHouse's compression frames, in pieces,
   *     each from its position to its limit; backed by arrays, unchanged until this returns
   * @param timeout from sending to the end of the answer, after which the insert counts as {@link
   *     Wait#UNKNOWN_STATUS}
   */
  public InsertResult insert(String table, String token, List<ByteBuffer> body, Duration timeout) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException("unexpected table name; got " + table + " want db.table");
    }
    try {
      HttpResponse<InputStream> response =
          transport.post(insertSettings(table, token), publisher(body), timeout, timeout);
      return result(response);
    } catch (Transport.Unreachable e) {
      return new RetryLater(Wait.UNREACHABLE, 0, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      String message = "cannot learn whether the insert into %s is stored: %s".formatted(table, e);
      return new RetryLater(Wait.UNKNOWN_STATUS, 0, message);
    }
  }

  private static QueryString insertSettings(String table, String token) {
    return new QueryString()
        .add("query", "INSERT INTO " + table + " FORMAT Native")
        .add("decompress", "1")
        .add("insert_deduplication_token", token)
        .add("insert_deduplicate", "1")
        .add("deduplicate_blocks_in_dependent_materialized_views", "1")
        // The block is sealed: 26.3 and later would otherwise batch it again, and answer early.
        .add("async_insert", "0")
        // Late events may fall into many days; a refusal would be for ever.
        .add("max_partitions_per_insert_block", "0")
        // A column the table lacks, because its schema is older, would otherwise be dropped unsaid.
        .add("input_format_skip_unknown_fields", "0")
        // The answer comes after the last view, with the true status.
        .add("wait_end_of_query", "1");
  }

  private static BodyPublisher publisher(List<ByteBuffer> body) {
    BodyPublisher[] pieces =
        body.stream()
            .map(b ->
                BodyPublishers.ofByteArray(
                    b.array(), b.arrayOffset() + b.position(), b.remaining()))
            .toArray(BodyPublisher[]::new);
    return BodyPublishers.concat(pieces);
  }

  private static InsertResult result(HttpResponse<InputStream> response) throws IOException {
    if (Answers.failed(response)) {
      ClickHouseException failure = Answers.exception(response);
      return Verdict.of(failure.code(), String.valueOf(failure.getMessage()));
    }
    if (!Answers.isClickHouse(response.headers())) {
      response.body().close();
      return new RetryLater(
          Wait.OPERATOR, 0, "what answers at this URL is no ClickHouse; check clickhouse.url");
    }
    try (InputStream body = response.body()) {
      body.readAllBytes(); // empty; reading its end gives the connection back
    }
    return new InsertResult.Stored(Answers.writtenRows(response.headers()));
  }

  /**
   * Runs a statement and streams its result; close the stream in any case, early to kill the query.
   *
   * <p>It is sent with {@code cancel_http_readonly_queries_on_client_close=1}; a user whose profile
   * says {@code readonly=1} needs that setting in the profile too, as such users may change none.
   *
   * @param query the statement; its FORMAT decides what the stream holds (TabSeparated without one)
   * @param stallMax how long the first byte of the result may take, and every next ones while they
   *     are waited for; a result that keeps coming may take as long as it likes
   * @throws ClickHouseException if ClickHouse refuses it; reading throws it too if it breaks off
   */
  public ResultStream query(Query query, Duration stallMax) throws IOException {
    String id = UUID.randomUUID().toString();
    QueryString string = new QueryString().add("query_id", id);
    query.parameters().forEach((name, value) -> string.add("param_" + name, value));
    query.settings().forEach(string::add);
    string.add("cancel_http_readonly_queries_on_client_close", "1");
    HttpResponse<InputStream> response =
        transport.post(
            string, BodyPublishers.ofString(query.sql(), UTF_8), stallMax, Transport.NO_END);
    if (Answers.failed(response)) {
      throw Answers.exception(response);
    }
    return new ResultStream(response.body(), id, response.headers());
  }

  /** Runs a statement that answers nothing, such as DDL that is safe to repeat. */
  public void execute(Query query) throws IOException {
    text(query.withSetting("wait_end_of_query", "1"));
  }

  /** The single number a query answers with. */
  public long scalar(Query query) throws IOException {
    return Long.parseLong(text(query).strip());
  }

  /**
   * The lines of the answer; in TabSeparated columns are apart by tabs, with {@code \t} escaped.
   */
  public List<String> lines(Query query) throws IOException {
    return text(query).lines().toList();
  }

  /** The whole answer as text; for answers known to be small. */
  public String text(Query query) throws IOException {
    try (ResultStream stream = query(query, SMALL)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  /** The server's version, such as {@code 26.7.2.1}. */
  public String version() throws IOException {
    return text(Query.of("SELECT version()")).strip();
  }

  /** Whether any URL answers; needs no user. */
  public boolean ping(Duration timeout) {
    return transport.ping(timeout);
  }

  /** Drops everything under way; inserts cut off this way have an unknown status. */
  @Override
  public void close() {
    transport.close();
  }
}
