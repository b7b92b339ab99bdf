package io.lodge.journal;

import java.io.IOException;

/**
 * What is in a file that has no footer yet.
 *
 * @param headerIntact whether the header is
 * @param header the segment's header, or one made up if it is not intact
 * @param prefix the header and the frames after it up to the first that is not intact
 * @param fileBytes how long the file is
 * @param damaged whether something that was synced, so maybe acknowledged, is not intact, or cannot
 *     be read
 */
record Scan(
    boolean headerIntact,
    SegmentHeader header,
    SegmentExtent prefix,
    long fileBytes,
    boolean damaged) {

  /**
   * Reads the file once; a second time beyond a broken frame, for a mark that says it was synced.
   */
  static Scan of(String name, DiskReader file, SegmentHeader substitute) throws IOException {
    SegmentId id = substitute.id();
    long fileBytes = file.sizeBytes();
    FrameReader frames = new FrameReader(id, file, fileBytes);
    try {
      return of(name, frames, fileBytes, substitute);
    } catch (UnreadableException gone) {
      SegmentExtent none = new SegmentExtent(name, 0, 0, 0, false);
      return new Scan(false, substitute, none, fileBytes, true);
    }
  }

  private static Scan of(String name, FrameReader frames, long fileBytes, SegmentHeader substitute)
      throws IOException {
    boolean headerIntact = true;
    SegmentHeader header = substitute;
    try {
      header = frames.header();
    } catch (DamagedSegmentException damaged) {
      headerIntact = false;
    }
    SegmentExtent prefix =
        headerIntact ? prefix(name, frames) : new SegmentExtent(name, 0, 0, 0, false);
    long resume = headerIntact ? prefix.sizeBytes() + 1 : Format.HEADER_BYTES;
    // What cannot be read may have been acknowledged: nothing says that it was not.
    boolean damaged =
        frames.metUnreadable()
            || (prefix.sizeBytes() < fileBytes && hasMark(frames, resume, fileBytes));
    return new Scan(headerIntact, header, prefix, fileBytes, damaged);
  }

  private static SegmentExtent prefix(String name, FrameReader frames) throws IOException {
    long payloads = 0;
    long kinds = 0;
    long offset = Format.HEADER_BYTES;
    while (true) {
      switch (frames.at(offset)) {
        case PAYLOAD -> {
          payloads++;
          kinds |= 1L << frames.kindId();
        }
        case MARK -> {}
        case FOOTER -> {
          return new SegmentExtent(name, frames.next(), payloads, kinds, true);
        }
        case END, BROKEN -> {
          return new SegmentExtent(name, offset, payloads, kinds, false);
        }
      }
      offset = frames.next();
    }
  }

  /** A footer proves nothing: it is written before the sync that ends the segment. */
  private static boolean hasMark(FrameReader frames, long from, long fileBytes) throws IOException {
    for (long offset = from; offset + Format.MARK_BYTES <= fileBytes; offset++) {
      if (frames.isMarkAt(offset)) {
        return true;
      }
    }
    return false;
  }

  /** The first intact payload at or after {@code offset}; -1 if there is none. */
  static long payloadFrom(FrameReader frames, long from, long fileBytes) throws IOException {
    long offset = from;
    while (offset < fileBytes) {
      switch (frames.at(offset)) {
        case PAYLOAD -> {
          return offset;
        }
        case MARK, FOOTER -> offset = frames.next();
        case END, BROKEN -> offset++;
      }
    }
    return -1;
  }
}
