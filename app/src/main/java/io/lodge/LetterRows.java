package io.lodge;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.block.NativeBlock;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import java.io.IOException;
import java.util.List;

/**
 * Sends rows that ClickHouse refused to their table again. Each has a token of its own, the
 * letter's id, and ClickHouse notes what it has stored: sent once more after a crash, it is not
 * stored once more.
 */
final class LetterRows {
  private static final int ATTEMPTS_MAX = 3;

  private final Courier courier;
  private final Compression compression;
  private final ChunkPool chunks = new ChunkPool(1 << 20);

  LetterRows(Courier courier, Compression compression) {
    this.courier = courier;
    this.compression = compression;
  }

  /**
   * Sends one.
   *
   * @param id the letter's
   * @param table the landing table it is for
   * @param row a block of one row in the Native format
   */
  Delivery send(String id, String table, byte[] row) throws InterruptedException {
    String segment = "dead-letter-" + id;
    try {
      if (courier.stored(segment).contains(table)) {
        return new Delivery.Stored();
      }
    } catch (IOException e) {
      return new Delivery.Postponed(String.valueOf(e.getMessage()), false);
    }
    EncodedBlock block = NativeBlock.frame(row, 1, compression, chunks);
    Shipment shipment =
        new Shipment(segment, List.of(new Shipment.Parcel(table, table, block, false, 0)));
    try {
      return courier.deliver(shipment, ATTEMPTS_MAX);
    } finally {
      shipment.release();
    }
  }
}
