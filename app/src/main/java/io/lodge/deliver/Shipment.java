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
   * @param name what its token calls it; mostly the table
   * @param ofRecords whether its rows are of what clients sent, not Lodge's own account of it
   * @param rowsExpired how many of its rows are older than the table keeps rows
   */
  public record Parcel(
      String table, String name, EncodedBlock block, boolean ofRecords, int rowsExpired) {}

  public Shipment {
    parcels = List.copyOf(parcels);
  }

  /**
   * The deduplication token of a block: segment and name stand for its bytes, now and whenever the
   * segment is decoded again.
   */
  String token(Parcel parcel) {
    return segment + "/" + parcel.name();
  }

  /** The names of the blocks that go before one. */
  public List<String> namesBefore(String block) {
    return parcels.stream().map(Parcel::name).takeWhile(name -> !name.equals(block)).toList();
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
