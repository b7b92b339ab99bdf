package io.lodge.journal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a journal's directory holds.
 *
 * @param segments oldest first
 * @param quarantine by file name
 */
public record JournalReport(List<Segment> segments, List<Quarantined> quarantine) {

  /** How far a segment is. */
  public enum State {
    /** Being written, or left so by a crash and recovered by the next start. */
    OPEN,
    /** Waits for ClickHouse. */
    CLOSED
  }

  /**
   * A segment.
   *
   * @param file its name in the journal's folder
   * @param payloads as the footer says, or as were found in an open one
   * @param kinds labels of the payloads' kinds; a number where this build has no label
   * @param damage what is wrong with it; empty if nothing was found
   */
  public record Segment(
      SegmentId id,
      String file,
      State state,
      long sizeBytes,
      long payloads,
      Instant created,
      Set<String> kinds,
      String damage) {}

  /**
   * A file in quarantine.
   *
   * @param name within the quarantine folder
   * @param payloads as its footer says, or as were found; 0 if it is no segment that can be read
   * @param kinds labels of the payloads' kinds, as far as known
   * @param reason why it is there
   */
  public record Quarantined(
      String name, long sizeBytes, long payloads, Set<String> kinds, String reason) {}
}
