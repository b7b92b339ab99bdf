/**
 * Columns and ClickHouse's Native format: builders that decoders append to, LowCardinality
 * dictionaries, maps, and the compressed frames that go over the wire.
 *
 * <p>It knows nothing of tables, protocols or sockets. Nothing here is thread-safe: a builder
 * belongs to one thread at a time.
 */
@NullMarked
package io.lodge.block;

import org.jspecify.annotations.NullMarked;
