package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real directory. */
class JournalTest {
  private static final JournalOptions ROOMY = new JournalOptions(1L << 30, 0, 7);

  @TempDir Path dir;

  @Test
  void givesBackEveryKindEncodingAndTenantInOrder() throws Exception {
    List<Payload> written = new ArrayList<>();
    for (PayloadKind kind : PayloadKind.values()) {
      for (ContentEncoding encoding : ContentEncoding.values()) {
        for (String tenant : List.of("", "default", "ünï", "x".repeat(255))) {
          written.add(Payloads.of(written.size(), kind, encoding, tenant, 100));
        }
      }
    }
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment segment = journal.begin(RulesId.NONE);
      written.forEach(payload -> assertThat(segment.append(payload)).isTrue());
      segment.sync();
      assertThat(Payloads.read(segment.close())).isEqualTo(Payloads.copies(written));
    }
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(journal.leftovers()).hasSize(1);
      ClosedSegment left = journal.leftovers().getFirst();
      assertThat(left.payloads()).isEqualTo(written.size());
      assertThat(left.decoderRevision()).isEqualTo(7);
      assertThat(Payloads.read(left)).isEqualTo(Payloads.copies(written));
    }
  }

  @Test
  void takesBodiesFromEmptyToTheLargest() throws Exception {
    List<Payload> written =
        List.of(
            Payloads.sized(0, 0),
            Payloads.sized(1, 64 << 20),
            Payloads.sized(2, (256 << 10) - 1),
            Payloads.sized(3, 1));
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment segment = journal.begin(RulesId.NONE);
      written.forEach(payload -> assertThat(segment.append(payload)).isTrue());
      ClosedSegment closed = segment.close();
      List<Integer> lengths = new ArrayList<>();
      closed.read(payload -> {
        Payload want = written.get(lengths.size());
        lengths.add(payload.length());
        assertThat(Payloads.sameBody(payload, want)).isTrue();
      });
      assertThat(lengths).containsExactly(0, 64 << 20, (256 << 10) - 1, 1);
    }
  }

  @Test
  void refusesBodiesAndTenantsBeyondTheFormat() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment segment = journal.begin(RulesId.NONE);
      assertThatThrownBy(() -> segment.append(Payloads.sized(0, (64 << 20) + 1)))
          .isInstanceOf(IllegalArgumentException.class);
      Payload named =
          Payloads.of(0, PayloadKind.OTLP_LOGS_JSON, ContentEncoding.IDENTITY, "x".repeat(256), 1);
      assertThatThrownBy(() -> segment.append(named)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void writesNothingBeforeTheFirstPayload() throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment segment = journal.begin(RulesId.NONE);
      segment.sync();
      ClosedSegment empty = segment.close();
      assertThat(Payloads.read(empty)).isEmpty();
      empty.delete();
      assertThat(journal.segments()).isZero();
      assertThat(journal.sizeBytes()).isZero();
    }
  }

  @Test
  void aSecondGatewayCannotOpenIt() {
    try (Journal first = Journal.open(dir, ROOMY)) {
      assertThat(first.leftovers()).isEmpty();
      assertThatThrownBy(() -> Journal.open(dir, ROOMY))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("another gateway uses it");
    }
    Journal.open(dir, ROOMY).close();
  }

  @Test
  void refusesWhenTheBudgetIsFullAndTakesAgainAfterADelete() {
    try (Journal journal = Journal.open(dir, new JournalOptions(10_000, 0, 1))) {
      OpenSegment first = journal.begin(RulesId.NONE);
      assertThat(first.append(Payloads.sized(0, 8_000))).isTrue();
      assertThat(first.append(Payloads.sized(1, 8_000))).isFalse();
      ClosedSegment closed = first.close();
      assertThat(journal.sizeBytes()).isEqualTo(closed.sizeBytes());
      OpenSegment second = journal.begin(RulesId.NONE);
      assertThat(second.append(Payloads.sized(1, 8_000))).isFalse();
      closed.delete();
      assertThat(second.append(Payloads.sized(1, 8_000))).isTrue();
      second.close().delete();
      assertThat(journal.sizeBytes()).isZero();
      assertThat(journal.segments()).isZero();
    }
  }

  @Test
  void refusesWhenTheDiskWouldBeLessFreeThanTheFloor() {
    try (Journal journal = Journal.open(dir, new JournalOptions(1L << 30, Long.MAX_VALUE / 2, 1))) {
      assertThat(journal.begin(RulesId.NONE).append(Payloads.sized(0, 10))).isFalse();
    }
  }

  @Test
  void idsNeverRepeatAndSortByCreation() {
    List<SegmentId> ids = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (int opening = 0; opening < 20; opening++) {
      try (Journal journal = Journal.open(dir, ROOMY)) {
        for (int i = 0; i < 3; i++) {
          SegmentId id = journal.begin(RulesId.NONE).id();
          ids.add(id);
          texts.add(id.toString());
          assertThat(SegmentId.parse(id.toString())).contains(id);
        }
      }
    }
    assertThat(texts).hasSize(60);
    assertThat(ids).isSorted();
  }

  @Test
  void aDamagedIdentityIsNotReplacedInSilence() throws Exception {
    Journal.open(dir, ROOMY).close();
    Files.writeString(dir.resolve("gateway"), "what");
    assertThatThrownBy(() -> Journal.open(dir, ROOMY))
        .isInstanceOf(JournalFailure.class)
        .hasMessageContaining("`gateway` is damaged");
  }

  @Test
  void quarantineKeepsTheFileAndTheReason() throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      open.append(Payloads.sized(0, 10));
      ClosedSegment closed = open.close();
      Thread.currentThread().interrupt();
      closed.quarantine("a test says so");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(journal.segments()).isZero();
      assertThat(journal.counters().quarantined()).isEqualTo(1);
    }
    JournalReport report = Journal.inspect(dir, true);
    assertThat(report.segments()).isEmpty();
    assertThat(report.quarantine())
        .singleElement()
        .satisfies(file -> assertThat(file.reason()).isEqualTo("a test says so"));
  }

  @Test
  void whatTheVisitorCannotReadMakesADamagedSegment() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      open.append(Payloads.sized(0, 10));
      ClosedSegment closed = open.close();
      assertThatThrownBy(() ->
              closed.read(payload -> {
                throw new Exception("not a log");
              }))
          .isInstanceOf(DamagedSegmentException.class)
          .hasMessageContaining("not a log");
    }
  }

  @Test
  void anInterruptDoesNotMakeAHealthySegmentUnreadable() throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      open.append(Payloads.sized(0, 10));
      ClosedSegment closed = open.close();
      Thread.currentThread().interrupt();
      assertThat(Payloads.read(closed)).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anInterruptDoesNotDisturbASalvage() throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      open.append(Payloads.sized(0, 10));
      open.append(Payloads.sized(1, 10));
      ClosedSegment closed = open.close();
      Path file = dir.resolve(closed.id() + ".closed");
      byte[] bytes = Files.readAllBytes(file);
      bytes[Format.HEADER_BYTES + 20] ^= 1;
      Files.write(file, bytes);
      Thread.currentThread().interrupt();
      assertThat(Payloads.read(closed.salvage("a test says so").orElseThrow())).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void inspectsBesideALiveGateway() throws Exception {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment first = journal.begin(RulesId.NONE);
      first.append(Payloads.sized(0, 1000));
      ClosedSegment closed = first.close();
      OpenSegment second = journal.begin(RulesId.NONE);
      second.append(Payloads.sized(1, 10));
      second.sync();
      second.append(Payloads.sized(2, 10));
      JournalReport report = Journal.inspect(dir, true);
      assertThat(report.segments())
          .extracting(JournalReport.Segment::id)
          .containsExactly(closed.id(), second.id());
      JournalReport.Segment one = report.segments().getFirst();
      JournalReport.Segment two = report.segments().getLast();
      assertThat(one.state()).isEqualTo(JournalReport.State.CLOSED);
      assertThat(one.sizeBytes()).isEqualTo(closed.sizeBytes());
      assertThat(one.kinds()).containsExactly("otlp-logs-protobuf");
      assertThat(one.damage()).isEmpty();
      assertThat(one.created()).isEqualTo(closed.created());
      assertThat(two.state()).isEqualTo(JournalReport.State.OPEN);
      assertThat(two.payloads()).isEqualTo(2);
      assertThat(second.append(Payloads.sized(3, 10))).isTrue();
    }
  }

  @Test
  void countsWhatItDoes() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      open.append(Payloads.sized(0, 10));
      open.append(Payloads.sized(1, 10));
      open.sync();
      open.sync();
      assertThat(journal.counters().appendedPayloads()).isEqualTo(2);
      assertThat(journal.counters().syncs()).isEqualTo(1);
      assertThat(journal.counters().syncNanos()).isPositive();
      assertThat(journal.counters().appendedBytes())
          .isEqualTo(open.sizeBytes() - Format.HEADER_BYTES - Format.MARK_BYTES);
      assertThat(journal.segments()).isEqualTo(1);
    }
  }

  @Test
  void readsWhatVersionOneWrote() throws Exception {
    List<String> written;
    SegmentId id;
    try (Journal journal = Journal.open(dir, ROOMY)) {
      OpenSegment open = journal.begin(RulesId.NONE);
      // No context: version 1 had none.
      Payload payload = Payloads.sized(1, 100);
      open.append(payload);
      open.sync();
      id = open.id();
      written = Payloads.copies(List.of(payload));
    }
    Path file = dir.resolve(id + ".open");
    byte[] bytes = Files.readAllBytes(file);
    byte[] header =
        new SegmentHeader(1, ROOMY.decoderRevision(), id, RulesId.NONE, 0).encode().array();
    System.arraycopy(header, 0, bytes, 0, header.length);
    Files.write(file, bytes);
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(Payloads.read(journal.leftovers().getFirst())).isEqualTo(written);
    }
  }

  @Test
  void refusesToOpenWhatANewerVersionWrote() throws Exception {
    SegmentId id = new SegmentId(1, 2, 3);
    Files.write(
        dir.resolve(id + ".open"), new SegmentHeader(3, 1, id, RulesId.NONE, 0).encode().array());
    assertThatThrownBy(() -> Journal.open(dir, ROOMY))
        .isInstanceOf(JournalFailure.class)
        .hasMessageContaining("got 3 want 1 to 2");
  }

  @Test
  void manyRandomSegmentsComeBackOldestFirst() throws Exception {
    Random random = new Random(1);
    List<List<String>> written = new ArrayList<>();
    try (Journal journal = Journal.open(dir, ROOMY)) {
      for (int s = 0; s < 20; s++) {
        OpenSegment open = journal.begin(RulesId.NONE);
        List<Payload> in = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
          in.add(Payloads.sized(random.nextLong(), random.nextInt(5000)));
          open.append(in.getLast());
        }
        open.sync();
        written.add(Payloads.copies(in));
        if (random.nextBoolean()) {
          open.close();
        }
      }
    }
    try (Journal journal = Journal.open(dir, ROOMY)) {
      List<List<String>> read = new ArrayList<>();
      for (ClosedSegment segment : journal.leftovers()) {
        read.add(Payloads.read(segment));
      }
      assertThat(read).isEqualTo(written);
    }
  }
}
