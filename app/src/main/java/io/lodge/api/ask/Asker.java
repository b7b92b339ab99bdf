package io.lodge.api.ask;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.PresentedKey;
import io.lodge.query.catalog.PromotedColumns;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Runner;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame around every question: its parameters, its user's place among others, a virtual thread
 * that is interrupted when nobody waits any more, and one shape of errors.
 */
final class Asker {
  private static final Logger LOG = LoggerFactory.getLogger(Asker.class);

  /** Merges give older rows their columns meanwhile. */
  private static final Duration PROMOTED_FRESH = Duration.ofSeconds(30);

  private final Runner runner;
  private final Slots slots;
  private final KeyCheck keys;
  private final LongSupplier unixNanos;
  private final PromotedColumns promoted = new PromotedColumns(PROMOTED_FRESH);

  Asker(Runner runner, KeyCheck keys, LongSupplier unixNanos) {
    this.runner = runner;
    this.keys = keys;
    this.unixNanos = unixNanos;
    slots = new Slots(runner.limits().concurrentMax());
  }

  /** The service of a question that is answered whole. */
  HttpService whole(Set<String> parameters, Question.Whole whole) {
    return (ctx, request) ->
        HttpResponse.of(
            request
                .aggregate()
                .thenApply(got ->
                    start(
                        ctx,
                        got,
                        parameters,
                        (question, answer) -> whole(whole, question, answer))));
  }

  /** The service of a question that is answered line by line. */
  HttpService streamed(Set<String> parameters, Question.Streamed streamed) {
    return (ctx, request) ->
        HttpResponse.of(
            request
                .aggregate()
                .thenApply(got ->
                    start(
                        ctx,
                        got,
                        parameters,
                        (question, answer) -> streamed(streamed, question, answer))));
  }

  private interface Work {
    void run(Question question, HttpResponseWriter answer) throws QueryFault, InterruptedException;
  }

  private HttpResponse start(
      ServiceRequestContext ctx, AggregatedHttpRequest request, Set<String> known, Work work) {
    String user = user(request);
    Question question;
    try {
      Parameters parameters = new Parameters(given(ctx), known, unixNanos.getAsLong());
      slots.take(user);
      question =
          new Question(
              parameters,
              request.contentUtf8(),
              PresentedKey.in(request.headers()),
              runner.begin(),
              promoted);
    } catch (QueryFault e) {
      return HttpResponse.of(errorHeaders(e), HttpData.wrap(FaultJson.body(e)));
    }
    HttpResponseWriter answer = HttpResponse.streaming();
    Thread thread =
        Thread.ofVirtual()
            .name("ask-" + ctx.id().shortText())
            .unstarted(() -> {
              try {
                run(work, question, answer);
              } finally {
                slots.give(user);
              }
            });
    // Whatever ends the answer early (the client left, the gateway stops) ends the question.
    var _ =
        answer
            .whenComplete()
            .whenComplete((done, cause) -> {
              if (cause != null) {
                thread.interrupt();
              }
            });
    thread.start();
    return answer;
  }

  /** Without keys everybody is one user: whoever asks could invent as many as they like. */
  private String user(AggregatedHttpRequest request) {
    return keys.tenantOf("").isPresent() ? "" : PresentedKey.in(request.headers());
  }

  /** What the path names counts as a parameter. */
  private static QueryParams given(ServiceRequestContext ctx) {
    return ctx.pathParams().isEmpty()
        ? ctx.queryParams()
        : ctx.queryParams().toBuilder().set(ctx.pathParams().entrySet()).build();
  }

  private static void run(Work work, Question question, HttpResponseWriter answer) {
    try {
      work.run(question, answer);
    } catch (QueryFault e) {
      write(answer, errorHeaders(e), FaultJson.body(e));
    } catch (InterruptedException e) {
      answer.close(e);
    } catch (RuntimeException | Error e) {
      // Whatever it is, nobody is to wait for an answer that does not come.
      LOG.warn("cannot answer: a mistake in Lodge", e);
      answer.close(e);
    }
  }

  private static void whole(Question.Whole whole, Question question, HttpResponseWriter answer)
      throws QueryFault, InterruptedException {
    Question.Answer given = whole.answer(question);
    byte[] body =
        Json.line(json -> {
          json.writeStartObject();
          json.writeName("data");
          given.data().write(json);
          json.writeArrayPropertyStart("queries");
          question
              .execution()
              .statements()
              .forEach(statement -> {
                json.writeStartObject();
                Json.statement(json, statement);
                json.writeEndObject();
              });
          json.writeEndArray();
          json.writeObjectPropertyStart("stats");
          Json.cost(json, question.execution().cost());
          Json.completeness(json, given.truncated(), Optional.empty());
          given.sampled().ifPresent(sampled -> Json.sampled(json, sampled));
          json.writeEndObject();
          json.writeEndObject();
        });
    write(answer, OK, body);
  }

  /** To a client that left, nothing. */
  private static void write(HttpResponseWriter answer, ResponseHeaders headers, byte[] body) {
    if (answer.tryWrite(headers) && answer.tryWrite(HttpData.wrap(body))) {
      answer.close();
    }
  }

  private static void streamed(
      Question.Streamed streamed, Question question, HttpResponseWriter answer)
      throws QueryFault, InterruptedException {
    Lines lines = new Lines(answer);
    try {
      streamed.answer(question, lines);
      lines.flush();
    } catch (QueryFault e) {
      if (!lines.begun()) {
        throw e;
      }
      lines.raw(FaultJson.body(e));
    }
    answer.close();
  }

  private static final ResponseHeaders OK = json(HttpStatus.OK).build();

  private static ResponseHeadersBuilder json(HttpStatus status) {
    return ResponseHeaders.builder(status)
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
  }

  private static ResponseHeaders errorHeaders(QueryFault fault) {
    ResponseHeadersBuilder headers = json(FaultJson.status(fault.kind()));
    if (fault.kind() == QueryFault.Kind.BUSY) {
      headers.set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    return headers.build();
  }
}
