/**
 * The whole path of records, from a request's body to ClickHouse's tables, in one thread and in
 * virtual time: real shards, outbox, backlog, journal, decoders and blocks, over a disk and a
 * ClickHouse that fail in every way a seed can choose. The same seed gives the same run.
 */
@NullMarked
package io.lodge.simulation;

import org.jspecify.annotations.NullMarked;
