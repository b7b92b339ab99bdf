package io.lodge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of data as one protocol sends it.
 *
 * @param name of what is counted
 * @param goal CPU-seconds of the gateway per million, to stay below
 * @param counted the tables whose rows are emptied
 * @param folded whether the table folds what is sent twice, so that its rows say nothing
 * @param bodies requests of {@link #PER_REQUEST} records each
 */
record Signal(String name, double goal, List<String> counted, boolean folded, List<Body> bodies) {
  static final int PER_REQUEST = 1000;
  private static final int BODIES = 64;
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String SNAPPY = PROTOBUF + "\r\ncontent-encoding: snappy";
  private static final String JSON = "application/json";

  /** Makes the bytes of one request. */
  private interface Request {
    byte[] next(int number) throws IOException;
  }

  static List<Signal> all() throws IOException {
    TraceRequests traces = new TraceRequests(1);
    MetricRequests metrics = new MetricRequests(1);
    PushRequests push = new PushRequests();
    EventRequests events = new EventRequests();
    long now = Load.unixNanos();
    return List.of(
        of(
            "OTLP spans",
            2.5,
            "otel.otel_traces_0",
            "/v1/traces",
            PROTOBUF,
            i -> traces.next(PER_REQUEST, now).toByteArray()),
        new Signal(
            "OTLP data points",
            1.5,
            List.of(
                "otel.otel_metrics_sum_0",
                "otel.otel_metrics_gauge_0",
                "otel.otel_metrics_histogram_0"),
            false,
            bodies("/v1/metrics", PROTOBUF, i -> metrics.next(PER_REQUEST, now).toByteArray())),
        of(
            "Prometheus samples",
            0.7,
            "otel.prom_samples_0",
            "/api/v1/write",
            SNAPPY,
            i -> push.samples(i * PER_REQUEST, PER_REQUEST, now / 1_000_000)),
        of(
            "Loki lines",
            2.0,
            "otel.generic_logs_0",
            "/loki/api/v1/push",
            SNAPPY,
            i -> push.lines(PER_REQUEST, now)),
        of(
            "wide events",
            4.0,
            "otel.wide_events_0",
            "/v1/events/web",
            JSON,
            i -> events.wide(PER_REQUEST)),
        of(
            "Elasticsearch bulk",
            4.0,
            "otel.wide_events_0",
            "/web/_bulk",
            JSON,
            i -> events.bulk(PER_REQUEST)),
        of(
            "analytics events",
            4.0,
            "analytics.events_0",
            "/?query=INSERT+INTO+events+FORMAT+JSONEachRow",
            JSON,
            i -> events.rows(PER_REQUEST)));
  }

  private static Signal of(
      String name, double goal, String table, String path, String contentType, Request request)
      throws IOException {
    boolean folded = table.startsWith("analytics.");
    return new Signal(name, goal, List.of(table), folded, bodies(path, contentType, request));
  }

  private static List<Body> bodies(String path, String contentType, Request request)
      throws IOException {
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      bodies.add(Body.fixed(path, contentType, request.next(i), PER_REQUEST));
    }
    return bodies;
  }

  long bytesPerRecord() {
    return bodies.stream().mapToLong(body -> body.bytes.length).sum() / BODIES / PER_REQUEST;
  }
}
