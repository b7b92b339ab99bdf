package io.lodge.journal;

import java.io.IOException;

/** Turns an open file into a closed one. */
final class SegmentEnd {
  private SegmentEnd() {}

  /**
   * Writes the footer, and gives the file its closed name once all is durable: a file of that name
   * is whole, or damaged. On a full disk the segment ends without a footer and keeps its open name;
   * the next start closes it.
   *
   * @param open the file as it is, without a footer
   */
  static SegmentExtent write(
      Disk disk, FrameWriter frames, SegmentId id, DiskWriter to, SegmentExtent open)
      throws IOException {
    try {
      frames.footer(to, id, open.sizeBytes(), open.payloads(), open.kinds());
    } catch (NoSpaceException full) {
      to.truncate(open.sizeBytes());
      to.force();
      disk.syncDir("");
      return open;
    }
    to.force();
    String name = id + Names.CLOSED;
    disk.rename(open.name(), name);
    disk.syncDir("");
    return new SegmentExtent(
        name, open.sizeBytes() + Format.FOOTER_BYTES, open.payloads(), open.kinds(), true);
  }
}
