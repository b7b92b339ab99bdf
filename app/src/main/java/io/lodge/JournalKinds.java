package io.lodge;

import io.lodge.journal.Journal;
import io.lodge.journal.JournalReport;
import io.lodge.model.PayloadKind;
import java.io.IOException;
import java.nio.file.Path;

/** Whether payloads of a kind are on disk, and so on their way to ClickHouse. */
record JournalKinds(Path dir) {

  /** Where payloads of a kind are. */
  enum Place {
    NOWHERE,
    WAITING,
    QUARANTINE
  }

  Place placeOf(PayloadKind kind) throws IOException {
    JournalReport report = Journal.inspect(dir, false);
    boolean quarantined =
        report.quarantine().stream().anyMatch(file -> file.kinds().contains(kind.label()));
    boolean waiting =
        report.segments().stream()
            .anyMatch(segment ->
                segment.kinds().contains(kind.label())
                    // What a damaged one holds is known once it is salvaged.
                    || !segment.damage().isEmpty());
    return waiting ? Place.WAITING : quarantined ? Place.QUARANTINE : Place.NOWHERE;
  }
}
