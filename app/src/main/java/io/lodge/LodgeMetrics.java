package io.lodge;

import io.lodge.deliver.Courier;
import io.lodge.deliver.Pressure;
import io.lodge.engine.Engine;
import io.lodge.ingest.IngestCounters;
import io.lodge.ingest.Overflow;
import io.lodge.ingest.Pipeline;
import io.lodge.journal.BucketCounters;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalCounters;
import io.lodge.model.PayloadKind;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** What Lodge tells of itself at /metrics, beside what the listeners count. */
final class LodgeMetrics {
  private final PrometheusRegistry registry;

  LodgeMetrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  void pipeline(Pipeline pipeline) {
    IngestCounters counters = pipeline.counters();
    counter("lodge_ingest_payloads_total", "Payloads acknowledged.", counters::payloads);
    byKind("lodge_ingest_records_total", "Records acknowledged.", counters::records);
    byKind(
        "lodge_ingest_dead_letters_total",
        "Records that went to the dead-letter table.",
        counters::deadLetters);
    byKind(
        "lodge_ingest_dropped_total",
        "Records acknowledged and dropped, or left out of a sample, by routing rules.",
        counters::dropped);
    byRule(
        "lodge_route_fired_total",
        "Records for which a rule's condition held.",
        counters,
        (fired, dropped, failed) -> fired);
    byRule(
        "lodge_route_dropped_total",
        "Records that a rule dropped, or left out of its sample.",
        counters,
        (fired, dropped, failed) -> dropped);
    byRule(
        "lodge_route_failures_total",
        "Records for which a rule's condition had no answer; stored without the rule.",
        counters,
        (fired, dropped, failed) -> failed);
    counter(
        "lodge_ingest_timestamps_clamped_total",
        "Times outside what a table holds, moved to its edge.",
        counters::clampedTimestamps);
    counter(
        "lodge_ingest_fields_removed_total",
        "Prompts and completions of models, which must not be stored, taken out of events.",
        counters::removed);
    counter("lodge_ingest_malformed_total", "Payloads refused as unreadable.", counters::malformed);
    counter(
        "lodge_ingest_too_large_total",
        "Payloads refused for their size when decompressed.",
        counters::tooLarge);
    counter(
        "lodge_ingest_decoder_failures_total",
        "Payloads refused because a decoder failed at them: bugs.",
        counters::decoderFailures);
    counter(
        "lodge_ingest_refused_queue_full_total",
        "Payloads told to come again: more than the gateway takes.",
        counters::refusedQueueFull);
    counter(
        "lodge_ingest_refused_journal_filling_total",
        "Payloads told to come again: the journal is nearly full.",
        counters::refusedJournalFilling);
    counter(
        "lodge_ingest_refused_journal_full_total",
        "Payloads told to come again: the journal has no room.",
        counters::refusedJournalFull);
    counter(
        "lodge_ingest_ack_timeouts_total",
        "Payloads kept whose answer says that ClickHouse, or the bucket, was late.",
        counters::ackTimeouts);
    counter("lodge_segments_sealed_total", "Segments closed.", counters::segmentsSealed);
    counter(
        "lodge_segments_stored_total",
        "Segments that ClickHouse has accepted whole.",
        counters::segmentsStored);
    counter(
        "lodge_segments_postponed_total",
        "Segments that ClickHouse did not take at once.",
        counters::segmentsPostponed);
    counter(
        "lodge_segments_quarantined_total",
        "Segments kept for a person to look at.",
        counters::segmentsQuarantined);
    counter(
        "lodge_ingest_records_replayed_total",
        "Records decoded again from the journal.",
        counters::recordsReplayed);
    counter(
        "lodge_deliver_rows_refused_total",
        "Rows that ClickHouse refused, in otel.dead_letters now.",
        counters::rowsRefused);
    counter(
        "lodge_deliver_blocks_doubtful_total",
        "Blocks sent again after ClickHouse may have forgotten their tokens, and not noted by it: stored twice in part if it died amid one.",
        counters::blocksDoubtful);
    gauge(
        "lodge_backlog_segments", "Segments that wait in the journal.", pipeline::backlogSegments);
    gauge(
        "lodge_backlog_bytes",
        "Bytes of segments that wait in the journal.",
        pipeline::backlogBytes);
    counter(
        "lodge_backlog_drained_bytes_total",
        "Bytes of segments that waited and are stored.",
        pipeline::drainedBytes);
    real(
        "lodge_backlog_drain_bytes_per_second",
        "How fast the backlog drains, over half a minute.",
        pipeline::drainBytesPerSecond);
    real(
        "lodge_backlog_drain_seconds_left",
        "How long the backlog takes at this rate; 0 if nothing waits, NaN if nothing drains.",
        () -> secondsLeft(pipeline));
    real(
        "lodge_backlog_drain_share",
        "How much of the time the backlog drains: less than 1 while fresh segments would be late.",
        pipeline::drainShare);
    gauge(
        "lodge_backlog_oldest_seconds",
        "Age of the oldest segment that waits in the journal; 0 if none does.",
        () ->
            pipeline
                .oldestWaiting()
                .map(created -> Math.max(0, Duration.between(created, Instant.now()).toSeconds()))
                .orElse(0L));
  }

  private static double secondsLeft(Pipeline pipeline) {
    return pipeline
        .drainLeft()
        .map(left -> left.toMillis() / 1e3)
        .orElse(pipeline.backlogSegments() == 0 ? 0 : Double.NaN);
  }

  void journal(Journal journal) {
    JournalCounters counters = journal.counters();
    counter("lodge_journal_payloads_total", "Payloads written.", counters::appendedPayloads);
    counter("lodge_journal_bytes_total", "Bytes written.", counters::appendedBytes);
    counter("lodge_journal_syncs_total", "Groups synced to disk.", counters::syncs);
    CounterWithCallback.builder()
        .name("lodge_journal_sync_seconds_total")
        .help("Time spent waiting for the disk.")
        .callback(callback -> callback.call(counters.syncNanos() / 1e9))
        .register(registry);
    counter("lodge_journal_torn_tails_total", "Unfinished ends cut at start.", counters::tornTails);
    gauge("lodge_journal_segments", "Segments on disk.", journal::segments);
    gauge("lodge_journal_size_bytes", "Bytes of segments on disk.", journal::sizeBytes);
    gauge(
        "lodge_journal_quarantine_files",
        "Files in quarantine, for a person to look at.",
        journal::quarantineFiles);
    gauge(
        "lodge_journal_quarantine_bytes",
        "Bytes in quarantine; they count against journal.disk_budget.",
        journal::quarantineBytes);
    gauge(
        "lodge_journal_quarantine_large",
        "1 while quarantine takes more than a quarter of journal.disk_budget.",
        () -> journal.quarantineIsLarge() ? 1 : 0);
  }

  void overflow(Overflow overflow) {
    BucketCounters counters = overflow.counters();
    gauge("lodge_bucket_segments", "Segments that wait in the bucket.", counters::objects);
    gauge("lodge_bucket_size_bytes", "Bytes of them.", counters::bytes);
    gauge(
        "lodge_bucket_budget_bytes",
        "journal.bucket.budget: most bytes that this gateway may have there.",
        overflow::budgetBytes);
    gauge(
        "lodge_bucket_up",
        "1 while the bucket does what it is asked to.",
        () -> overflow.trouble().isEmpty() ? 1 : 0);
    counter("lodge_bucket_moved_total", "Segments moved to the bucket.", counters::moved);
    counter("lodge_bucket_moved_bytes_total", "Bytes of them.", counters::movedBytes);
    counter("lodge_bucket_fetched_total", "Segments brought back.", counters::fetched);
    counter("lodge_bucket_fetched_bytes_total", "Bytes of them.", counters::fetchedBytes);
    counter(
        "lodge_bucket_deleted_total",
        "Objects deleted because ClickHouse has accepted them.",
        counters::deleted);
    counter(
        "lodge_bucket_quarantined_total",
        "Objects put aside in the bucket, for a person to look at.",
        counters::quarantined);
    counter(
        "lodge_bucket_lost_total",
        "Objects that somebody else has deleted: acknowledged data that is lost, unless ClickHouse has it.",
        counters::lost);
    counter(
        "lodge_bucket_failures_total",
        "Calls that the bucket did not do; made again.",
        overflow::failures);
  }

  void courier(Courier courier) {
    counter(
        "lodge_deliver_rows_total",
        "Rows of records that ClickHouse accepted.",
        courier::rowsStored);
    counter(
        "lodge_deliver_rows_expired_total",
        "Rows among them that are older than their table, as shipped, keeps rows: ClickHouse deletes them soon, mostly at once.",
        courier::rowsExpired);
    counter("lodge_deliver_blocks_total", "Blocks it accepted.", courier::blocksStored);
    counter(
        "lodge_deliver_raw_bytes_total",
        "Bytes of accepted blocks before compression.",
        courier::rawBytesStored);
    counter(
        "lodge_deliver_compressed_bytes_total",
        "Bytes of accepted blocks as sent.",
        courier::compressedBytesStored);
    counter("lodge_deliver_retries_total", "Inserts to be sent again.", courier::retries);
    counter("lodge_deliver_refusals_total", "Blocks refused for good.", courier::refusals);
    counter(
        "lodge_deliver_blocks_found_stored_total",
        "Blocks not sent again, as otel.delivered_blocks has them.",
        courier::blocksFoundStored);
    Pressure pressure = courier.pressure();
    gauge(
        "lodge_deliver_pressure_level",
        "How much is held back for ClickHouse's sake: 0 calm, 1 easing, 2 strained.",
        () ->
            switch (pressure.level()) {
              case CALM -> 0;
              case EASING -> 1;
              case STRAINED -> 2;
            });
    real(
        "lodge_deliver_inserts_max",
        "Inserts at a time that ClickHouse bears; +Inf if any number.",
        () ->
            pressure.insertsMax() == Integer.MAX_VALUE
                ? Double.POSITIVE_INFINITY
                : pressure.insertsMax());
    gauge(
        "lodge_deliver_up",
        "1 while ClickHouse accepts blocks.",
        () -> courier.trouble().isEmpty() ? 1 : 0);
  }

  void engine(Engine engine) {
    counter(
        "lodge_engine_restarts_total",
        "Times the engine had to be started again.",
        engine::restarts);
  }

  /** A counter with a series for each kind of payload. */
  private void byKind(String name, String help, ToLongFunction<PayloadKind> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("kind")
        .callback(callback -> {
          for (PayloadKind kind : PayloadKind.values()) {
            callback.call((double) value.applyAsLong(kind), kind.label());
          }
        })
        .register(registry);
  }

  /** Which of a rule's counts a metric shows. */
  @FunctionalInterface
  private interface OfRule {
    long value(long fired, long dropped, long failed);
  }

  /** A counter with a series for each routing rule that has done something. */
  private void byRule(String name, String help, IngestCounters counters, OfRule of) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("rule")
        .callback(callback ->
            counters.rules((rule, fired, dropped, failed) ->
                callback.call((double) of.value(fired, dropped, failed), rule)))
        .register(registry);
  }

  private void counter(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  private void real(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }
}
