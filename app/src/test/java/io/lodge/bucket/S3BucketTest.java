package io.lodge.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.bucket.FaultyWire.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class S3BucketTest extends BucketContract {
  @TempDir Path folder;
  private S3Server server;
  private Bucket bucket;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(folder);
    bucket = S3Bucket.open(server.options("a/b/"));
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
    server.close();
  }

  @Override
  Bucket bucket() {
    return bucket;
  }

  @Test
  void listsOnlyBelowThePrefix() throws Exception {
    try (Bucket other = S3Bucket.open(server.options(""))) {
      other.putIfAbsent("x/outside", content("other"));
    }
    for (String name : List.of("x/2", "x/1", "y/1", "x/3")) {
      bucket.putIfAbsent(name, content(name));
    }
    List<String> names = new ArrayList<>();
    bucket.list("x/", object -> names.add(object.name() + " " + object.sizeBytes()));
    assertThat(names).containsExactly("x/1 3", "x/2 3", "x/3 3");
  }

  @Test
  void movesManyMegabytesUnchanged() throws Exception {
    byte[] large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    bucket.putIfAbsent("large", Content.of(large));
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    bucket.get("large", back);
    assertThat(back.toByteArray()).isEqualTo(large);
  }

  @Test
  void saysWhatToDoAboutAWrongKeyAndAMissingBucket() throws Exception {
    try (Bucket wrong = S3Bucket.open(server.options("", "not the secret", S3Server.BUCKET))) {
      assertThatThrownBy(() -> wrong.putIfAbsent("x", content("x")))
          .isInstanceOf(BucketFault.class)
          .hasMessageContaining("check journal.bucket.access_key")
          .hasMessageNotContaining("not the secret");
    }
    try (Bucket missing =
        S3Bucket.open(server.options("", S3Server.SECRET_KEY, "no-such-bucket"))) {
      assertThatThrownBy(() -> missing.putIfAbsent("x", content("x")))
          .isInstanceOf(BucketFault.class)
          .hasMessageContaining("make the bucket");
      assertThatThrownBy(() -> missing.list("x", object -> {})).isInstanceOf(BucketFault.class);
      assertThatThrownBy(() -> missing.get("x", OutputStream.nullOutputStream()))
          .isInstanceOf(BucketFault.class);
    }
  }

  @Test
  void aServerThatIsOverloadedIsAFault() throws Exception {
    bucket.putIfAbsent("x", content("x"));
    server.wire().use(Mode.UNAVAILABLE);
    // The first may still use a connection that was cut.
    assertThatThrownBy(() -> bucket.find("x")).isInstanceOf(BucketFault.class);
    assertThatThrownBy(() -> bucket.putIfAbsent("y", content("y")))
        .isInstanceOf(BucketFault.class)
        .hasMessageContaining("503");
    assertThatThrownBy(() -> bucket.list("x", object -> {})).isInstanceOf(BucketFault.class);
    assertThatThrownBy(() -> bucket.get("x", OutputStream.nullOutputStream()))
        .isInstanceOf(BucketFault.class);
    assertThatThrownBy(() -> bucket.delete("x")).isInstanceOf(BucketFault.class);
    server.wire().use(Mode.PASS);
    assertThat(get("x")).isEqualTo("x");
  }

  @Test
  void aServerThatHangsEndsEveryCallInTime() throws Exception {
    server.wire().use(Mode.HANG);
    S3Options impatient =
        server.options("", S3Server.SECRET_KEY, S3Server.BUCKET, Duration.ofSeconds(1));
    try (Bucket hanging = S3Bucket.open(impatient)) {
      // More than the sockets' buffers take: the write itself hangs.
      Content large = Content.of(new byte[32 << 20]);
      assertThatThrownBy(() -> onVirtualThread(() -> hanging.putIfAbsent("x", large)))
          .hasCauseInstanceOf(BucketFault.class);
      assertThatThrownBy(() -> hanging.find("x")).isInstanceOf(BucketFault.class);
      assertThatThrownBy(() -> hanging.list("x", object -> {})).isInstanceOf(BucketFault.class);
    }
  }

  @Test
  void anInterruptEndsAPutThatHangs() throws Exception {
    server.wire().use(Mode.HANG);
    Content large = Content.of(new byte[32 << 20]);
    List<Throwable> thrown = new ArrayList<>();
    Thread put =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bucket.putIfAbsent("x", large);
              } catch (IOException e) {
                thrown.add(e);
              }
            });
    put.join(Duration.ofMillis(500));
    put.interrupt();
    assertThat(put.join(Duration.ofSeconds(30))).isTrue();
    assertThat(thrown).hasOnlyElementsOfType(BucketFault.class).hasSize(1);
  }

  @Test
  void whatWasDoneWithoutAnAnswerCanBeDoneAgain() throws Exception {
    server.wire().use(Mode.LOSE_ANSWERS);
    assertThatThrownBy(() -> bucket.putIfAbsent("x", content("x"))).isInstanceOf(BucketFault.class);
    server.wire().use(Mode.PASS);
    assertThat(bucket.putIfAbsent("x", content("x"))).isFalse();
    assertThat(get("x")).isEqualTo("x");
  }

  private static <T> T onVirtualThread(Callable<T> call) throws Exception {
    try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      return one.submit(call).get();
    }
  }
}
