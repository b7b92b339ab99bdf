package io.lodge.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.lodge.api.ask.FaultJson;
import io.lodge.query.run.QueryFault;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;

/**
 * Carries one answer from ClickHouse to the client, one piece at a time: the next is read when the
 * last was written to the socket, so that a slow client slows the query and fills no memory. Runs
 * on its own virtual thread, which is interrupted when nobody waits any more.
 *
 * <p>An error before the first byte is an error answer. Later there is only one honest end: the
 * stream breaks off (a reset in HTTP/2, no last chunk in HTTP/1), which no client takes for a whole
 * answer. {@link RecentQueries} then has the reason.
 */
final class SqlStream implements Runnable {
  private static final AsciiString QUERY_ID = HttpHeaderNames.of("x-clickhouse-query-id");
  private static final AsciiString SUMMARY = HttpHeaderNames.of("x-clickhouse-summary");
  private static final int PIECE_BYTES = 64 * 1024;

  private final SqlSource source;
  private final SqlRequest request;
  private final HttpResponseWriter answer;
  private final RecentQueries recent;

  SqlStream(SqlSource source, SqlRequest request, HttpResponseWriter answer, RecentQueries recent) {
    this.recent = recent;
    this.source = source;
    this.request = request;
    this.answer = answer;
  }

  @Override
  public void run() {
    try {
      switch (source.run(request)) {
        case SqlReply.Refused refused -> refuse(refused);
        case SqlReply.Rows rows -> stream(rows);
      }
    } catch (InterruptedException e) {
      answer.close(e);
    } catch (RuntimeException e) {
      // Before the first byte ApiErrors makes this an answer; after it, it breaks the stream off.
      answer.close(e);
    }
  }

  private void refuse(SqlReply.Refused refused) {
    QueryFault.Kind kind = QueryFault.kindOfTyped(refused.clickhouseCode());
    answer.write(
        ResponseHeaders.builder(FaultJson.status(kind))
            .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
            .build());
    answer.write(ApiErrors.body(FaultJson.code(kind), refused.message(), refused.clickhouseCode()));
    answer.close();
  }

  private void stream(SqlReply.Rows rows) throws InterruptedException {
    boolean begun = false;
    RecentQueries.State end = new RecentQueries.State.Cancelled();
    recent.begun(rows.queryId());
    try (InputStream in = rows.rows()) {
      byte[] piece = new byte[PIECE_BYTES];
      // Headers wait for the first bytes: a query that fails before its first row is an error
      // answer.
      int length = in.read(piece);
      begun = answer.tryWrite(headers(rows));
      while (length >= 0) {
        if (!answer.tryWrite(HttpData.copyOf(piece, 0, length))) {
          return; // the client left
        }
        answer.whenConsumed().get();
        length = in.read(piece);
      }
      end = new RecentQueries.State.Finished();
      recent.ended(rows.queryId(), end);
      answer.close();
    } catch (IOException e) {
      SqlReply.Refused why = new SqlReply.Refused(source.codeOf(e), String.valueOf(e.getMessage()));
      end = new RecentQueries.State.Failed(why);
      recent.ended(rows.queryId(), end);
      if (begun) {
        answer.close(e);
      } else {
        refuse(why);
      }
    } catch (ExecutionException e) {
      answer.close(e); // the client left
    } finally {
      recent.ended(rows.queryId(), end);
    }
  }

  private static ResponseHeaders headers(SqlReply.Rows rows) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK);
    set(headers, HttpHeaderNames.CONTENT_TYPE, rows.contentType());
    set(headers, QUERY_ID, rows.queryId());
    set(headers, SUMMARY, rows.summary());
    // Rows are whoever's text: no browser is to guess that they are a page.
    headers.set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    return headers.build();
  }

  private static void set(ResponseHeadersBuilder headers, AsciiString name, String value) {
    if (!value.isEmpty()) {
      headers.set(name, value);
    }
  }
}
