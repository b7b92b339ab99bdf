package io.lodge.deliver;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.Set;

/** Asks {@code otel.delivered_blocks}, which the views behind the landing tables fill. */
public record DeliveredBlocksTable(ClickHouse clickHouse) implements DeliveredBlocks {
  private static final Query OF_SEGMENT =
      Query.of(
          "SELECT DISTINCT Block FROM otel.delivered_blocks WHERE Segment = {segment:String}"
              + " FORMAT TSVRaw");

  @Override
  public Set<String> of(String segment) throws IOException {
    return Set.copyOf(clickHouse.lines(OF_SEGMENT.withString("segment", segment)));
  }
}
