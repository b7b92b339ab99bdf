package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.bucket.FaultyWire.Mode;
import io.lodge.bucket.S3Server;
import io.lodge.journal.SegmentBucket.Fetch;
import io.lodge.model.Payload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentBucketTest {
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, 1);

  @TempDir Path folder;
  private Path dir;
  private S3Server server;
  private Bucket bucket;
  private Journal journal;
  private SegmentBucket segments;
  private final List<String> written = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    dir = folder.resolve("journal");
    server = S3Server.start(folder.resolve("s3"));
    bucket = server.open();
    reopen();
  }

  private void reopen() {
    if (journal != null) {
      journal.close();
    }
    journal = Journal.open(dir, ROOMY);
    segments = journal.in(bucket);
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
    bucket.close();
    server.close();
  }

  private ClosedSegment segment(RulesId rules) {
    OpenSegment open = journal.begin(rules);
    for (int i = 0; i < 20; i++) {
      Payload payload = Payloads.sized(i + 100L * written.size(), 10_000);
      written.add(Payloads.copy(payload));
      assertThat(open.append(payload)).isTrue();
      if (i % 7 == 0) {
        open.sync();
      }
    }
    open.sync();
    return open.close();
  }

  private static List<String> read(ClosedSegment segment) throws DamagedSegmentException {
    List<String> seen = new ArrayList<>();
    segment.read(payload -> seen.add(Payloads.copy(payload)));
    return seen;
  }

  private ClosedSegment whole(SegmentInBucket object) throws BucketFault {
    Fetch fetch = segments.fetch(object);
    assertThat(fetch).isInstanceOf(Fetch.Whole.class);
    return ((Fetch.Whole) fetch).segment();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !List.of("gateway", "lock", "quarantine").contains(name))
          .sorted()
          .toList();
    }
  }

  private void doDuties() throws BucketFault {
    boolean more = true;
    while (more) {
      more = segments.doDuty();
    }
  }

  @Test
  void aMovedSegmentTakesNoDiskAndComesBackAsItWas() throws Exception {
    RulesId rules = journal.keepRules("some rules".getBytes(StandardCharsets.UTF_8));
    ClosedSegment segment = segment(rules);
    SegmentInBucket object = segments.move(segment);
    assertThat(files()).containsExactly(rules.hex() + ".rules");
    assertThat(journal.sizeBytes()).isZero();
    assertThat(journal.segments()).isZero();
    assertThat(segments.counters().objects()).isOne();
    assertThat(segments.counters().bytes()).isEqualTo(object.sizeBytes());

    ClosedSegment back = whole(object);
    assertThat(read(back)).isEqualTo(written);
    assertThat(back.id()).isEqualTo(segment.id());
    assertThat(back.rules()).isEqualTo(rules);
    assertThat(back.created()).isEqualTo(segment.created());
    assertThat(segments.fetched()).isOne();
    assertThat(server.file(object.name())).exists();

    back.delete();
    assertThat(segments.fetched()).isZero();
    assertThat(server.file(object.name())).exists();
    doDuties();
    assertThat(server.file(object.name())).doesNotExist();
    assertThat(segments.counters().objects()).isZero();
    assertThat(segments.counters().bytes()).isZero();
    assertThat(journal.sizeBytes()).isZero();
  }

  @Test
  void anotherGatewayFindsTheRulesToo() throws Exception {
    RulesId rules = journal.keepRules("some rules".getBytes(StandardCharsets.UTF_8));
    SegmentInBucket object = segments.move(segment(rules));
    try (Journal other = Journal.open(folder.resolve("other"), ROOMY)) {
      Fetch fetch = other.in(bucket).fetch(object);
      assertThat(fetch).isInstanceOf(Fetch.Whole.class);
      assertThat(other.rulesText(rules)).contains("some rules".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aBucketThatFailsLeavesTheFileWhereItIs() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    for (Mode mode : List.of(Mode.UNAVAILABLE, Mode.LOSE_ANSWERS)) {
      server.wire().use(mode);
      assertThatThrownBy(() -> segments.move(segment)).isInstanceOf(BucketFault.class);
      assertThat(read(segment)).isEqualTo(written);
      assertThat(segments.counters().objects()).isZero();
    }
    server.wire().use(Mode.PASS);
    SegmentInBucket object = segments.move(segment);
    assertThat(read(whole(object))).isEqualTo(written);
    assertThat(files()).containsExactly(object.id() + ".fetched");
  }

  /** Or a process that starts in a month takes it for one that waits. */
  @Test
  void whatAFailedMoveLeftInTheBucketGoesOnceTheSegmentIsStored() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    server.wire().use(Mode.LOSE_ANSWERS);
    assertThatThrownBy(() -> segments.move(segment)).isInstanceOf(BucketFault.class);
    server.wire().use(Mode.PASS);
    assertThat(server.names("segments/")).as("it was put all the same").hasSize(1);
    segment.delete();
    doDuties();
    assertThat(server.names("segments/")).isEmpty();
    assertThat(segments.counters().objects()).isZero();
    assertThat(segments.counters().bytes()).isZero();
  }

  @Test
  void whatAFailedMoveLeftIsPutAsideWhenTheFileIsDamagedMeanwhile() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    server.wire().use(Mode.LOSE_ANSWERS);
    assertThatThrownBy(() -> segments.move(segment)).isInstanceOf(BucketFault.class);
    server.wire().use(Mode.PASS);
    flipAByte(dir.resolve(segment.id() + ".closed"));
    ClosedSegment intact = segment.salvage("a reason").orElseThrow();
    doDuties();
    assertThat(server.names("segments/")).isEmpty();
    assertThat(server.file(BucketNames.quarantined(segments.gateway(), segment.id()))).exists();
    assertThat(read(whole(segments.move(intact)))).hasSize(19);
  }

  @Test
  void aBucketThatFailsLeavesNoHalfOfACopy() throws Exception {
    SegmentInBucket object = segments.move(segment(RulesId.NONE));
    server.wire().use(Mode.UNAVAILABLE);
    assertThatThrownBy(() -> segments.fetch(object)).isInstanceOf(BucketFault.class);
    assertThat(files()).isEmpty();
    assertThat(segments.fetched()).isZero();
  }

  @Test
  void aRestartForgetsCopiesAndFindsTheObjects() throws Exception {
    SegmentInBucket first = segments.move(segment(RulesId.NONE));
    SegmentInBucket second = segments.move(segment(RulesId.NONE));
    whole(first);
    reopen();
    assertThat(files()).isEmpty();
    assertThat(journal.leftovers()).isEmpty();
    List<SegmentInBucket> found = segments.takeOver(segments.gateway());
    assertThat(found).extracting(SegmentInBucket::id).containsExactly(first.id(), second.id());
    assertThat(segments.counters().objects()).isEqualTo(2);
    assertThat(read(whole(found.getFirst()))).isEqualTo(written.subList(0, 20));
  }

  @Test
  void whatAMoveThatWasCutShortLeftInBothPlacesStaysOnDisk() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    byte[] file = Files.readAllBytes(dir.resolve(segment.id() + ".closed"));
    SegmentInBucket object = segments.move(segment);
    Files.write(dir.resolve(segment.id() + ".closed"), file);
    reopen();
    assertThat(journal.leftovers()).hasSize(1);
    assertThat(segments.takeOver(segments.gateway())).isEmpty();
    assertThat(server.file(object.name())).doesNotExist();
    assertThat(read(journal.leftovers().getFirst())).isEqualTo(written);
  }

  @Test
  void whatIsDamagedOnDiskAndWholeInTheBucketStaysInTheBucket() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    Path path = dir.resolve(segment.id() + ".closed");
    byte[] file = Files.readAllBytes(path);
    segments.move(segment);
    file[file.length / 2] ^= 1;
    Files.write(path, file);
    reopen();
    List<SegmentInBucket> found = segments.takeOver(segments.gateway());
    assertThat(found).hasSize(1);
    assertThat(read(whole(found.getFirst()))).isEqualTo(written);
  }

  @Test
  void aDamagedFileIsNotMoved() throws Exception {
    ClosedSegment segment = segment(RulesId.NONE);
    flipAByte(dir.resolve(segment.id() + ".closed"));
    assertThatThrownBy(() -> segments.move(segment)).isInstanceOf(DamagedSegmentException.class);
    assertThat(files()).containsExactly(segment.id() + ".closed");
  }

  @Test
  void aDamagedObjectIsPutAsideAndItsIntactPayloadsAreKept() throws Exception {
    SegmentInBucket object = segments.move(segment(RulesId.NONE));
    flipAByte(server.file(object.name()));
    Fetch fetch = segments.fetch(object);
    assertThat(fetch).isInstanceOf(Fetch.Damaged.class);
    ClosedSegment intact = ((Fetch.Damaged) fetch).intact().orElseThrow();
    assertThat(intact.id()).isEqualTo(object.id());
    assertThat(read(intact)).hasSize(19);
    assertThatThrownBy(() -> segments.move(intact))
        .as("its name is taken until the object is put aside")
        .isInstanceOf(BucketFault.class);
    doDuties();
    assertThat(server.file(object.name())).doesNotExist();
    String aside = BucketNames.quarantined(object.gateway(), object.id());
    assertThat(server.file(aside)).exists();
    assertThat(server.file(aside + ".reason")).content().contains("damaged");
    assertThat(segments.counters().quarantined()).isOne();
    assertThat(segments.counters().objects()).isZero();
    assertThat(read(whole(segments.move(intact)))).hasSize(19);
  }

  @Test
  void whatClickHouseRefusesIsPutAsideInTheBucket() throws Exception {
    SegmentInBucket object = segments.move(segment(RulesId.NONE));
    whole(object).quarantine("a reason");
    doDuties();
    assertThat(files()).isEmpty();
    assertThat(journal.quarantineFiles()).isZero();
    String aside = BucketNames.quarantined(object.gateway(), object.id());
    assertThat(server.file(aside)).exists();
    assertThat(server.file(aside + ".reason")).content().isEqualTo("a reason\n");
    assertThat(segments.takeOver(segments.gateway())).isEmpty();
  }

  @Test
  void anObjectThatSomebodyTookIsGone() throws Exception {
    SegmentInBucket object = segments.move(segment(RulesId.NONE));
    bucket.delete(object.name());
    assertThat(segments.fetch(object)).isInstanceOf(Fetch.Gone.class);
    assertThat(files()).isEmpty();
  }

  /** Who waits for ClickHouse must not be told that it has what is in the bucket only. */
  @Test
  void whoWaitsIsToldOfTheBucketThereAndOfClickHouseOnlyByADeletion() throws Exception {
    List<String> told = new ArrayList<>();
    ClosedSegment moved = segment(RulesId.NONE);
    moved.tell(telling(told));
    SegmentInBucket object = segments.move(moved);
    assertThat(told).containsExactly("in the bucket");
    ClosedSegment copy = whole(object);
    copy.tell(telling(told));
    assertThat(copy.backToBucket()).isPresent();
    assertThat(told).containsExactly("in the bucket");
    copy = whole(object);
    copy.tell(telling(told));
    copy.delete();
    assertThat(told).containsExactly("in the bucket", "stored");
    ClosedSegment refused = segment(RulesId.NONE);
    refused.tell(telling(told));
    refused.quarantine("a reason");
    assertThat(told).containsExactly("in the bucket", "stored", "quarantined");
  }

  private static Milestones telling(List<String> told) {
    return new Milestones() {
      @Override
      public boolean waitForBucket() {
        return false;
      }

      @Override
      public void inBucket() {
        told.add("in the bucket");
      }

      @Override
      public void stored() {
        told.add("stored");
      }

      @Override
      public void quarantined() {
        told.add("quarantined");
      }
    };
  }

  @Test
  void aCopyThatMustWaitAgainIsOnlyInTheBucket() throws Exception {
    ClosedSegment moved = segment(RulesId.NONE);
    assertThat(moved.backToBucket()).isEmpty();
    SegmentInBucket object = segments.move(moved);
    ClosedSegment copy = whole(object);
    assertThat(copy.isMovable()).isFalse();
    assertThat(copy.backToBucket()).contains(object);
    assertThat(files()).isEmpty();
    assertThat(segments.fetched()).isZero();
    assertThat(read(whole(object))).isEqualTo(written);
  }

  private static void flipAByte(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int old = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(old ^ 1);
    }
  }
}
