package io.lodge.journal;

import java.io.IOException;

/** A file that is a whole segment as far as its header and footer say. */
record ClosedFile(SegmentHeader header, SegmentExtent extent) {

  /**
   * Reads the two ends of the file and nothing between.
   *
   * @throws DamagedSegmentException if they are not those of this segment
   */
  static ClosedFile check(String name, SegmentId id, DiskReader file)
      throws IOException, DamagedSegmentException {
    long sizeBytes = file.sizeBytes();
    FrameReader frames = FrameReader.ofEnds(id, file, sizeBytes);
    SegmentHeader header = frames.header();
    long footerAt = sizeBytes - Format.FOOTER_BYTES;
    if (footerAt < Format.HEADER_BYTES || frames.at(footerAt) != FrameReader.Found.FOOTER) {
      throw new DamagedSegmentException("the footer of segment " + id + " is damaged");
    }
    return new ClosedFile(
        header,
        new SegmentExtent(name, sizeBytes, frames.countedPayloads(), frames.countedKinds(), true));
  }
}
