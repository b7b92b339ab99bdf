package io.lodge.ingest;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Who does the work of an {@link Outbox}.
 *
 * @param encoders run what makes blocks of rows
 * @param senders run what carries blocks to ClickHouse, and wait for it
 */
record Workers(ExecutorService encoders, ExecutorService senders) {

  /** An encoder beside each shard, and a sender for each insert at a time. */
  static Workers threads(PipelineOptions options) {
    return new Workers(
        Executors.newFixedThreadPool(options.shards(), named("encode-")),
        Executors.newFixedThreadPool(options.insertsParallel(), named("deliver-")));
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().name(name, 0).factory();
  }
}
