package io.lodge.deliver;

import java.io.IOException;
import java.util.Set;

/**
 * What ClickHouse notes of the blocks it has stored: {@link DeliveredBlocksTable}, or the
 * simulation's. Thread-safe; the calling thread blocks.
 */
@FunctionalInterface
public interface DeliveredBlocks {
  /** For a ClickHouse that notes nothing: then only its memory of tokens prevents doubling. */
  DeliveredBlocks NONE = _ -> Set.of();

  /**
   * The names of this segment's blocks of which every row is in every target. One that is missing
   * may be stored in part.
   *
   * @throws IOException if ClickHouse cannot be asked now
   */
  Set<String> of(String segment) throws IOException;
}
