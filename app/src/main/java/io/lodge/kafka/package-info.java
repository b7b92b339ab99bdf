/**
 * Kafka as a source: reads topics, makes their records durable in a journal of its own, and lets
 * the commit of their offsets decide whether the segment that holds them is delivered. Why that is
 * exactly once: docs/decisions/kafka.md. It never decodes a record and never speaks to ClickHouse.
 */
@NullMarked
package io.lodge.kafka;

import org.jspecify.annotations.NullMarked;
