package io.lodge.journal;

import java.util.Optional;

/** File names in the journal's directory. */
final class Names {
  static final String LOCK = "lock";
  static final String GATEWAY = "gateway";

  /** Being written, or left so by a crash. Nothing of it was sent to ClickHouse. */
  static final String OPEN = ".open";

  /** Finished; its blocks may have been sent. */
  static final String CLOSED = ".closed";

  /**
   * A closed file that is not intact and not salvaged yet. Its own name is for what is salvaged.
   */
  static final String DAMAGED = ".damaged";

  /** Derived from another file and not finished: removed when the journal is opened. */
  static final String TEMPORARY = ".tmp";

  /** A copy of an object in the bucket: removed when the journal is opened. */
  static final String FETCHED = ".fetched";

  /** Finished, and another gateway's: put here by `lodge journal adopt`. */
  static final String ADOPTED = ".adopted";

  /** Rules that segments name; their id comes before. */
  static final String RULES = ".rules";

  /** In quarantine: the end of an open segment that was cut. */
  static final String TAIL = ".tail";

  /** In quarantine: why the file without this ending is there. */
  static final String REASON = ".reason";

  private Names() {}

  static String quarantined(String name) {
    return Disk.QUARANTINE + "/" + name;
  }

  /** The segment that a file in quarantine is of, or a part of, if its name begins with an id. */
  static Optional<SegmentId> quarantinedId(String name) {
    return name.length() > SegmentId.TEXT_LENGTH
        ? SegmentId.parse(name.substring(0, SegmentId.TEXT_LENGTH))
        : Optional.empty();
  }

  /** The segment whose file has this name, if it is one with this ending. */
  static Optional<SegmentId> idOf(String name, String ending) {
    return name.endsWith(ending)
        ? SegmentId.parse(name.substring(0, name.length() - ending.length()))
        : Optional.empty();
  }
}
