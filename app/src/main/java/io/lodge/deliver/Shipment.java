package io.lodge.deliver;

import io.lodge.block.EncodedBlock;
import java.util.List;

/**
 * What a segment sends: one block for each landing table it has rows for.
 *
 * @param segment the segment's id, in messages and as the first part of every token
 * @param parcels the blocks, each with its table
 */
public record Shipment(String segment, List<Parcel> parcels) {

  /**
   * One block and the table it goes to.
   *
   * @param rowsExpired how many of its rows are older than the table keeps rows
   */
  public record Parcel(String table, EncodedBlock block, int rowsExpired) {}

  public Shipment {
    parcels = List.copyOf(parcels);
  }

  /**
   * The deduplication token of a block. A segment yields one block per table and always the same
   * one, so segment and table name its bytes.
   */
  String token(Parcel parcel) {
    return segment + "/" + parcel.table();
  }

  /** The memory of all blocks. */
  public long heldBytes() {
    return parcels.stream().mapToLong(parcel -> parcel.block().heldBytes()).sum();
  }

  /** Gives the blocks' memory back; nothing of the shipment may be used afterwards. */
  public void release() {
    parcels.forEach(parcel -> parcel.block().release());
  }
}
