package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's Java SDK sends metrics; every field of each data point is found by SQL. */
class JavaSdkMetricsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = 3_500_000_000L * SECOND + 1;
  private static final long TIME = START + 5 * SECOND;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String TIMES = START + " " + TIME;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  @ParameterizedTest
  @CsvSource({"http,none", "http,gzip", "grpc,none", "grpc,gzip"})
  void everyFieldOfEveryPointIsStored(String protocol, String compression) {
    String service = "java-" + protocol + "-" + compression;
    send(exporter(protocol, compression), service);
    lodge.awaitEmptyJournal();
    StoredPoints stored = new StoredPoints(lodge.reader(), service);
    String exemplar = "[1] ['%s'] ['%s']".formatted(TRACE, SPAN);
    assertThat(stored.sums())
        .containsExactly(
            List.of(
                "orders",
                "Orders placed",
                "{order}",
                "{'shop':'eu'}",
                TIMES,
                "9007199254740993 9007199254740992 2",
                "2 true 0",
                exemplar,
                "[9007199254740993] [{'user':'ann'}]"),
            List.of("queue", "", "", "{}", TIMES, "0 -2.5 1", "2 false 0", "[] [] []", "[] []"));
    assertThat(stored.gauges())
        .containsExactly(
            List.of("temperature", "", "Cel", "{'room':'k'}", TIMES, "0 21.5 1", "0"),
            List.of(
                "threads",
                "",
                "",
                "{}",
                TIMES,
                "-9223372036854775808 -9223372036854776000 2",
                "0"));
    assertThat(stored.histograms())
        .containsExactly(
            List.of(
                "latency",
                "s",
                "{'route':'/'}",
                TIMES,
                "3 7.25 0.25 5",
                "true true true",
                "[1,1,1] [1,4]",
                "2",
                "[0.25,2,5]"));
    assertThat(stored.exponentialHistograms())
        .containsExactly(
            // Of two values, 1 and 4, the first and the last of at most four buckets.
            List.of(
                "size",
                "By",
                TIMES,
                "3 5 0 4",
                "true true true",
                "1 0",
                "0",
                "[1,0,1] -1",
                "[] 0",
                "2"));
  }

  private static MetricExporter exporter(String protocol, String compression) {
    return protocol.equals("http")
        ? OtlpHttpMetricExporter.builder()
            .setEndpoint(lodge.at().otlpHttpUrl() + "/v1/metrics")
            .setCompression(compression)
            .build()
        : OtlpGrpcMetricExporter.builder()
            .setEndpoint(lodge.at().otlpGrpcUrl().toString())
            .setCompression(compression)
            .build();
  }

  private static void send(MetricExporter exporter, String service) {
    AtomicLong now = new AtomicLong(START);
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setClock(new SetClock(now))
            .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
            .registerView(
                InstrumentSelector.builder().setName("orders").build(),
                View.builder().setAttributeFilter(key -> !key.equals("user")).build())
            .registerView(
                InstrumentSelector.builder().setName("size").build(),
                View.builder()
                    .setAggregation(
                        Aggregation.base2ExponentialBucketHistogram(
                            Base2ExponentialHistogramOptions.builder()
                                .setMaxBuckets(4)
                                .setMaxScale(20)
                                .build()))
                    .build())
            .registerMetricReader(
                PeriodicMetricReader.builder(exporter).setInterval(Duration.ofDays(1)).build())
            .build()) {
      Meter meter = provider.meterBuilder("shop").setInstrumentationVersion("1.0").build();
      var orders =
          meter.counterBuilder("orders").setDescription("Orders placed").setUnit("{order}").build();
      var queue = meter.upDownCounterBuilder("queue").ofDoubles().build();
      var latency =
          meter
              .histogramBuilder("latency")
              .setUnit("s")
              .setExplicitBucketBoundariesAdvice(List.of(1.0, 4.0))
              .build();
      var size = meter.histogramBuilder("size").setUnit("By").ofLongs().build();
      var temperature = meter.gaugeBuilder("temperature").setUnit("Cel").build();
      var threads = meter.gaugeBuilder("threads").ofLongs().build();
      Context inSpan =
          Context.root()
              .with(
                  Span.wrap(
                      SpanContext.create(
                          TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault())));
      orders.add(
          9_007_199_254_740_993L,
          Attributes.builder().put("shop", "eu").put("user", "ann").build(),
          inSpan);
      queue.add(-2.5);
      Attributes route = Attributes.builder().put("route", "/").build();
      for (double seconds : new double[] {0.25, 2, 5}) {
        latency.record(seconds, route, inSpan);
      }
      for (long bytes : new long[] {0, 1, 4}) {
        size.record(bytes);
      }
      temperature.set(21.5, Attributes.builder().put("room", "k").build());
      threads.set(Long.MIN_VALUE);
      now.set(TIME);
      assertThat(provider.shutdown().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }

  /** A clock that stands still until it is set. */
  private record SetClock(AtomicLong unixNanos) implements Clock {
    @Override
    public long now() {
      return unixNanos.get();
    }

    @Override
    public long nanoTime() {
      return unixNanos.get();
    }
  }
}
