package io.lodge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.bucket.Content;
import io.lodge.bucket.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private static final Instant LATE =
      NOW.plus(Leases.TERM).plus(Leases.CLOCKS_APART).plus(Duration.ofSeconds(1));

  private static final int A = 0xa;
  private static final int B = 0xb;
  private static final int C = 0xc;

  @TempDir Path folder;
  private S3Server server;
  private Bucket bucket;
  private Leases leases;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(folder);
    bucket = server.open();
    leases = new Leases(bucket);
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
    server.close();
  }

  @Test
  void anOwnerRenewsItsLease() throws BucketFault {
    assertThat(leases.hold(A, A, NOW)).isEqualTo(new Lease(A, A, NOW.plus(Leases.TERM)));
    leases.requireConditions(A);
    assertThat(leases.hold(A, A, LATE).until()).isEqualTo(LATE.plus(Leases.TERM));
    assertThat(leases.all()).hasSize(1);
    List<String> objects = new ArrayList<>();
    bucket.list("leases/", object -> objects.add(object.name()));
    assertThat(objects)
        .as("old ones are removed")
        .containsExactly("leases/0000000a/0000000000000002");
  }

  @Test
  void oneWhoWasSlowDoesNotGetWhatWasGivenAway() throws Exception {
    leases.hold(A, A, NOW);
    leases.hold(A, A, NOW);
    leases.hold(A, A, NOW);
    // The one that it had seen and meant to follow is long removed.
    bucket.putIfAbsent(
        "leases/0000000a/0000000000000002",
        Content.of(new Lease(A, B, NOW.plus(Leases.TERM)).toBytes()));
    assertThat(leases.all()).extracting(Lease::holder).containsExactly(A);
    assertThat(leases.hold(A, A, NOW).holder()).isEqualTo(A);
  }

  @Test
  void nobodyAdoptsAGatewayThatLives() throws BucketFault {
    Lease own = leases.hold(A, A, NOW);
    assertThat(leases.adopt(A, B, false, NOW.plusSeconds(60))).contains(own);
    assertThat(leases.adopt(A, B, false, own.until())).as("clocks may differ").contains(own);
    assertThat(leases.adoptedBy(B)).isEmpty();
    assertThat(leases.adopt(C, B, false, NOW)).as("there is no such gateway").isEmpty();
  }

  @Test
  void aDeadGatewayIsAdoptedAndWaitsWhenItComesBack() throws BucketFault {
    leases.hold(A, A, NOW);
    assertThat(leases.adopt(A, B, false, LATE).map(Lease::holder)).contains(B);
    assertThat(leases.adoptedBy(B)).containsExactly(A);
    assertThat(leases.hold(A, A, LATE).holder()).isEqualTo(B);
    assertThat(leases.hold(A, B, LATE).holder()).isEqualTo(B);
    leases.release(A, B, true);
    leases.forget(A, B);
    assertThat(leases.adoptedBy(B)).isEmpty();
    assertThat(leases.hold(A, A, LATE).holder()).isEqualTo(A);
  }

  @Test
  void aLivingOneIsAdoptedOnlyByForce() throws BucketFault {
    leases.hold(A, A, NOW);
    assertThat(leases.adopt(A, B, true, NOW).map(Lease::holder)).contains(B);
    assertThat(leases.hold(A, A, NOW).holder()).isEqualTo(B);
  }

  @Test
  void whatIsGivenUpMayBeTakenAtOnce() throws BucketFault {
    leases.hold(A, A, NOW);
    leases.release(A, A, false);
    assertThat(leases.adopt(A, B, false, NOW).map(Lease::holder)).contains(B);
    leases.release(A, A, true);
    assertThat(leases.all()).as("it was no longer its own").hasSize(1);
  }

  @Test
  void ofManyWhoAdoptAtTheSameTimeOneDoes() throws Exception {
    for (int round = 0; round < 5; round++) {
      int dead = 100 + round;
      leases.hold(dead, dead, NOW);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Optional<Lease>>> all = new ArrayList<>();
        for (int by = 1; by <= 6; by++) {
          int adopter = by;
          all.add(() -> leases.adopt(dead, adopter, false, LATE));
        }
        List<Integer> holders = new ArrayList<>();
        for (Future<Optional<Lease>> one : threads.invokeAll(all)) {
          holders.add(one.get().orElseThrow().holder());
        }
        assertThat(holders).hasSize(6);
        assertThat(holders.stream().distinct()).as("all agree who has it").hasSize(1);
        assertThat(leases.adoptedBy(holders.getFirst())).contains(dead);
      }
    }
  }
}
