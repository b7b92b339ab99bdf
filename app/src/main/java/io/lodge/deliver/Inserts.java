package io.lodge.deliver;

import io.lodge.clickhouse.InsertResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Where blocks go: {@link io.lodge.clickhouse.ClickHouse#insert}, or in the simulation a ClickHouse
 * that fails in all the ways there are, from a seed. Thread-safe; the calling thread blocks.
 */
@FunctionalInterface
public interface Inserts {

  /**
   * Inserts one block and waits until every target has it. The same bytes may be sent again under
   * the same token, which stores them once for as long as ClickHouse knows the token.
   *
   * @param table {@code database.table}
   * @param token names exactly these bytes
   * @param body the block in the Native format inside compression frames, in pieces
   * @param timeout after which nothing is known of the insert
   */
  InsertResult insert(String table, String token, List<ByteBuffer> body, Duration timeout);
}
