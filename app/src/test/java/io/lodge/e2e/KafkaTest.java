package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.lodge.base.FreePorts;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every record of a topic is stored once, whatever becomes of gateways and brokers. */
class KafkaTest {
  private static final int PARTITIONS = 6;

  @TempDir static Path shared;
  private static Engine engine;
  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start(Files.createDirectories(shared.resolve("engine")));
    broker = KafkaBroker.start(Files.createDirectories(shared.resolve("broker")));
  }

  @AfterAll
  static void stop() {
    broker.close();
    engine.close();
  }

  private RunningLodge gateway(String name, String topic, String format, String... more)
      throws Exception {
    RunningLodge lodge = gateway(name, topic, format, engine.endpoint().url(), more);
    lodge.awaitReady();
    return lodge;
  }

  private RunningLodge gateway(
      String name, String topic, String format, URI clickHouse, String... more) throws Exception {
    List<String> settings = new ArrayList<>(LocalLodge.external(clickHouse, engine.endpoint()));
    settings.addAll(List.of(more));
    settings.add("journal.segment_age=100ms");
    settings.add(
        """
        kafka=[{name: src, brokers: "%s", topics: [%s], group: "g-%2$s", format: %s,\
         properties: {session.timeout.ms: 3000, heartbeat.interval.ms: 500,\
         default.api.timeout.ms: 3000, request.timeout.ms: 2000}}]\
        """
            .formatted(broker.address(), topic, format));
    return RunningLodge.notReady(
        Files.createDirectories(folder.resolve(name)),
        List.of("-Xmx256m"),
        settings.toArray(String[]::new));
  }

  @Test
  void everyRecordIsStoredOnceOverKillsOfTheGateway() throws Exception {
    String topic = "kills";
    broker.createTopic(topic, PARTITIONS);
    Ledger ledger = new Ledger("kafka-" + topic);
    try (RunningLodge lodge = gateway("a", topic, "otlp_logs_protobuf");
        KafkaLoad load = KafkaLoad.start(broker.address(), ledger, topic, PARTITIONS)) {
      for (int round = 0; round < 3; round++) {
        awaitStored(lodge, ledger, stored(lodge, ledger) + 1000);
        lodge.kill();
        load.awaitAcknowledged(200);
        lodge.restart();
      }
      load.stop();
      assertExact(lodge, ledger);
    }
  }

  @Test
  void everyRecordIsStoredOnceOverRebalances() throws Exception {
    String topic = "rebalances";
    broker.createTopic(topic, PARTITIONS);
    Ledger ledger = new Ledger("kafka-" + topic);
    try (RunningLodge a = gateway("a", topic, "otlp_logs_protobuf");
        KafkaLoad load = KafkaLoad.start(broker.address(), ledger, topic, PARTITIONS)) {
      awaitStored(a, ledger, 1000);
      try (RunningLodge b = gateway("b", topic, "otlp_logs_protobuf")) {
        awaitPartitions(a, 3);
        awaitPartitions(b, 3);
        load.awaitAcknowledged(1000);
        a.stop();
        awaitPartitions(b, 6);
        load.awaitAcknowledged(500);
        a.restart();
        awaitPartitions(a, 3);
        b.kill();
        // The other takes over while the journal of this one still holds what it had taken.
        awaitPartitions(a, 6);
        load.awaitAcknowledged(500);
        b.restart();
        awaitPartitions(b, 3);
        load.stop();
        assertExact(a, ledger);
        assertNothingWaits(b);
      }
    }
  }

  @Test
  void whatAKilledGatewayHadCommittedItDeliversWhenItIsBack() throws Exception {
    String topic = "late";
    broker.createTopic(topic, PARTITIONS);
    Ledger ledger = new Ledger("kafka-" + topic);
    URI nowhere = URI.create("http://127.0.0.1:" + FreePorts.one());
    try (RunningLodge b = gateway("b", topic, "otlp_logs_protobuf");
        KafkaLoad load = KafkaLoad.start(broker.address(), ledger, topic, PARTITIONS)) {
      try (RunningLodge a = gateway("a", topic, "otlp_logs_protobuf", nowhere)) {
        awaitPartitions(a, 3);
        Waiting.until("some are taken", () -> a.metric("lodge_kafka_records_total") > 200);
        a.kill();
      }
      awaitPartitions(b, 6);
      load.stop();
      Waiting.until("all are read", () -> b.metric("lodge_kafka_lag_records") == 0, b::output);
      b.awaitEmptyJournal();
      assertThat(stored(b, ledger)).isLessThan(ledger.acknowledged() - 500L);
      try (RunningLodge a = gateway("a", topic, "otlp_logs_protobuf")) {
        assertExact(a, ledger);
      }
    }
  }

  @Test
  void aCommitWithoutAnAnswerIsDecidedWhenTheBrokerIsBack() throws Exception {
    String topic = "unanswered";
    broker.createTopic(topic, PARTITIONS);
    Ledger ledger = new Ledger("kafka-" + topic);
    try (RunningLodge lodge = gateway("a", topic, "otlp_logs_protobuf");
        KafkaLoad load = KafkaLoad.start(broker.address(), ledger, topic, PARTITIONS)) {
      awaitStored(lodge, ledger, 500);
      // A segment that is open at this moment cannot be committed.
      broker.stop();
      Waiting.until(
          "the consumer notices",
          () -> lodge.metric("lodge_kafka_failures_total") > 0,
          lodge::output);
      lodge.kill();
      broker.start();
      lodge.restart();
      load.awaitAcknowledged(500);
      load.stop();
      assertExact(lodge, ledger);
    }
  }

  @Test
  void whatCannotBeReadIsADeadLetterWithItsPlaceAndStopsNothing() throws Exception {
    String topic = "poison.json";
    broker.createTopic(topic, 1);
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      values.add(
          i % 3 == 1
              ? ("{\"resourceLogs\": " + i).getBytes(StandardCharsets.UTF_8)
              : JsonFormat.printer()
                  .print(Otlp.request("kafka-poison", List.of(new Numbered(0, i).toOtlp())))
                  .getBytes(StandardCharsets.UTF_8));
    }
    try (KafkaProducer<byte[], byte[]> producer = KafkaLoad.producer(broker.address())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
      producer.send(new ProducerRecord<>(topic, new byte[1], null)).get();
    }
    try (RunningLodge lodge = gateway("a", topic, "otlp_logs_json")) {
      Waiting.until(
          "all are stored",
          () ->
              lodge
                          .reader()
                          .number(
                              "SELECT count() FROM otel.dead_letters WHERE Kind = 'kafka-unreadable'")
                      == 2
                  && lodge
                          .reader()
                          .number(
                              "SELECT count() FROM otel.generic_logs WHERE ServiceName = 'kafka-poison'")
                      == 4,
          lodge::output);
      assertThat(
              lodge
                  .reader()
                  .rows(
                      "SELECT Reason, substring(Detail, 1, position(Detail, ':') - 1), Record"
                          + " FROM otel.dead_letters WHERE Kind = 'kafka-unreadable' ORDER BY Detail"))
          .containsExactly(
              List.of("malformed", topic + "/0/1", "{\"resourceLogs\": 1"),
              List.of("malformed", topic + "/0/4", "{\"resourceLogs\": 4"));
      assertThat(lodge.metric("lodge_kafka_records_total")).isEqualTo(7);
    }
  }

  @Test
  void jsonBecomesWideEventsOfItsTopicOrAnalyticsEvents() throws Exception {
    broker.createTopic("shop.clicks", 1);
    broker.createTopic("hip47", 1);
    send("shop.clicks", "{\"a\": 1}\n{\"a\": 2}");
    send(
        "hip47",
        "{\"uuid\":\"0190f0a0-0000-7000-8000-000000000001\",\"team_id\":1,\"event\":\"$pageview\","
            + "\"timestamp\":\"%s\",\"distinct_id\":\"u\",\"properties\":\"{}\"}"
                .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    try (RunningLodge lodge = gateway("events", "shop.clicks", "json_events")) {
      awaitCount(lodge, 2, "otel.wide_events WHERE Dataset = 'shop.clicks'");
    }
    try (RunningLodge lodge = gateway("analytics", "hip47", "analytics_events")) {
      awaitCount(lodge, 1, "analytics.events WHERE distinct_id = 'u'");
    }
  }

  @Test
  void tracesAreStoredFieldByFieldAndRulesActOnKafkasRecords() throws Exception {
    broker.createTopic("spans", 1);
    broker.createTopic("spans.json", 1);
    long start = Otlp.nowNanos();
    var request = ExportTraceServiceRequest.newBuilder();
    var resource = request.addResourceSpansBuilder();
    resource.getResourceBuilder().addAttributes(Otlp.attribute("service.name", "kafka-spans"));
    var scope = resource.addScopeSpansBuilder();
    scope.getScopeBuilder().setName("lib").setVersion("1");
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(Otlp.bytes(16))
            .setSpanId(Otlp.bytes(8))
            .setName("GET /pin 1234")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 1_500)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .addAttributes(Otlp.attribute("http.route", "/"))
            .addEvents(Span.Event.newBuilder().setTimeUnixNano(start + 7).setName("retry"));
    scope.addSpans(span);
    scope.addSpans(span.clone().setName("health"));
    String json =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
            + "{\"stringValue\":\"kafka-json\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%s\",\"spanId\":"
                .formatted("07".repeat(16))
            + "\"%s\",\"name\":\"json\",\"startTimeUnixNano\":\"%d\"}]}]}]}"
                .formatted("07".repeat(8), start);
    try (KafkaProducer<byte[], byte[]> producer = KafkaLoad.producer(broker.address())) {
      producer.send(new ProducerRecord<>("spans", request.build().toByteArray())).get();
    }
    send("spans.json", json);
    String rules =
        "route.rules=[{name: pins, signals: traces, redact: {pattern: 'pin \\d+', with: 'pin ****'}},"
            + " {name: health, signals: traces, drop: true, when: 'record.name == \"health\"'}]";
    try (RunningLodge lodge = gateway("p", "spans", "otlp_traces_protobuf", rules)) {
      awaitCount(lodge, 1, "otel.otel_traces WHERE ServiceName = 'kafka-spans'");
      assertThat(
              lodge
                  .reader()
                  .rows(
                      "SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, toUnixTimestamp64Nano(Timestamp),"
                          + " Duration, StatusCode, SpanAttributes, ResourceAttributes, ScopeName, ScopeVersion,"
                          + " Events.Name, toUnixTimestamp64Nano(Events.Timestamp[1]), SampleRate"
                          + " FROM otel.otel_traces WHERE ServiceName = 'kafka-spans'"))
          .containsExactly(
              List.of(
                  "07".repeat(16),
                  "07".repeat(8),
                  "",
                  "GET /pin ****",
                  "Server",
                  Long.toString(start),
                  "1500",
                  "Error",
                  "{'http.route':'/'}",
                  "{'service.name':'kafka-spans'}",
                  "lib",
                  "1",
                  "['retry']",
                  Long.toString(start + 7),
                  "1"));
      assertThat(lodge.metric("lodge_ingest_dropped_total")).isEqualTo(1);
    }
    try (RunningLodge lodge = gateway("j", "spans.json", "otlp_traces_json")) {
      awaitCount(lodge, 1, "otel.otel_traces WHERE ServiceName = 'kafka-json'");
    }
    broker.createTopic("routed", 1);
    try (KafkaProducer<byte[], byte[]> producer = KafkaLoad.producer(broker.address())) {
      var logs =
          Otlp.request(
              "clickhouse-server",
              List.of(
                  Otlp.record("2026.11.21 11:24:39.782166 [ 1 ] {} <Debug> Kafka: routed")
                      .build()));
      producer.send(new ProducerRecord<>("routed", logs.toByteArray())).get();
    }
    try (RunningLodge lodge = gateway("l", "routed", "otlp_logs_protobuf")) {
      awaitCount(lodge, 1, "otel.server_text_log WHERE logger_name = 'Kafka' AND Body = 'routed'");
    }
  }

  private static void send(String topic, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = KafkaLoad.producer(broker.address())) {
      producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))).get();
    }
  }

  private static void awaitCount(RunningLodge lodge, long count, String from) {
    Waiting.until(
        count + " are in " + from,
        () -> lodge.reader().number("SELECT count() FROM " + from) == count,
        lodge::output);
  }

  private static long stored(RunningLodge lodge, Ledger ledger) {
    return lodge
        .reader()
        .number(
            "SELECT count() FROM otel.generic_logs WHERE ServiceName = '" + ledger.service() + "'");
  }

  private static void awaitStored(RunningLodge lodge, Ledger ledger, long count) {
    Waiting.until(
        count + " records are stored",
        () -> stored(lodge, ledger) >= count,
        () -> stored(lodge, ledger) + " are; " + lodge.output());
  }

  private static void awaitPartitions(RunningLodge lodge, int count) {
    Waiting.until(
        count + " partitions are assigned",
        () -> lodge.metric("lodge_kafka_partitions") == count,
        () -> lodge.metric("lodge_kafka_partitions") + " are; " + lodge.output());
  }

  private static void assertExact(RunningLodge lodge, Ledger ledger) {
    awaitStored(lodge, ledger, ledger.acknowledged());
    assertNothingWaits(lodge);
    ledger.assertExact(lodge.reader());
    assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
  }

  private static void assertNothingWaits(RunningLodge lodge) {
    Waiting.until(
        "nothing is undecided",
        () -> lodge.metric("lodge_kafka_undecided_segments") == 0,
        lodge::output);
  }
}
