package io.lodge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.journal.SegmentId;
import io.lodge.kafka.Ledger.Verdict;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** What a commit says beside its offset decides on every segment, also of other gateways. */
class LedgerTest {
  private static final int HERE = 0x3f9a01bc;
  private static final int THERE = 0x70000001;

  private static SegmentId segment(int gateway, long epoch, int sequence) {
    return new SegmentId(gateway, epoch, sequence);
  }

  @Test
  void decidesByTheLastSegmentOfItsOwnGateway() {
    Ledger ledger =
        Ledger.NEW
            .with(segment(HERE, 5, 1))
            .with(segment(THERE, 9, 7))
            .with(segment(HERE, 5, 2))
            .with(segment(THERE, 9, 8));
    assertThat(ledger.verdict(segment(HERE, 5, 2))).isEqualTo(Verdict.COMMITTED);
    assertThat(ledger.verdict(segment(HERE, 4, 99))).isEqualTo(Verdict.COMMITTED);
    assertThat(ledger.verdict(segment(HERE, 5, 3))).isEqualTo(Verdict.NOT_COMMITTED);
    assertThat(ledger.verdict(segment(HERE, 6, 0))).isEqualTo(Verdict.NOT_COMMITTED);
    assertThat(ledger.verdict(segment(0x11, 1, 1))).isEqualTo(Verdict.NOT_COMMITTED);
  }

  @Test
  void isReadBackFromItsText() {
    Ledger ledger = Ledger.NEW.with(segment(HERE, 5, 1)).with(segment(THERE, 9, 7));
    OffsetAndMetadata committed = new OffsetAndMetadata(42, ledger.toText());
    assertThat(Ledger.of(committed)).contains(ledger);
    assertThat(Ledger.of(new OffsetAndMetadata(0, Ledger.NEW.toText()))).contains(Ledger.NEW);
  }

  @Test
  void knowsNothingWhereSomethingElseCommitted() {
    assertThat(Ledger.of(null)).isEmpty();
    assertThat(Ledger.of(new OffsetAndMetadata(42))).isEmpty();
    assertThat(Ledger.of(new OffsetAndMetadata(42, "lodge1 x"))).isEmpty();
    assertThat(Ledger.of(new OffsetAndMetadata(42, "lodge2"))).isEmpty();
  }

  @Test
  void saysThatItForgotRatherThanGuess() {
    Ledger ledger = Ledger.NEW.with(segment(HERE, 1, 1));
    for (int gateway = 1; gateway <= Ledger.GATEWAYS_MAX; gateway++) {
      ledger = ledger.with(segment(gateway, 1, 1));
    }
    assertThat(ledger.verdict(segment(HERE, 1, 1))).isEqualTo(Verdict.UNKNOWN);
    assertThat(ledger.toText()).hasSizeLessThan(4096);
  }
}
