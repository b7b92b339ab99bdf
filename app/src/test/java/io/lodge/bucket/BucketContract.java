package io.lodge.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a real bucket and the simulated one do alike. */
abstract class BucketContract {
  abstract Bucket bucket();

  static Content content(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8));
  }

  final String get(String name) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    return bucket().get(name, to) ? to.toString(StandardCharsets.UTF_8) : "absent";
  }

  @Test
  void putsOnceAndGivesBack() throws Exception {
    assertThat(bucket().putIfAbsent("x/1", content("first"))).isTrue();
    assertThat(bucket().putIfAbsent("x/1", content("second"))).isFalse();
    assertThat(get("x/1")).isEqualTo("first");
    assertThat(get("x/2")).isEqualTo("absent");
    assertThat(bucket().find("x/1").orElseThrow().sizeBytes()).isEqualTo(5);
    assertThat(bucket().find("x/2")).isEmpty();
  }

  @Test
  void oneOfManyWhoPutAtTheSameTimeDoes() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Content mine = content("writer " + i);
        puts.add(() -> bucket().putIfAbsent("race", mine));
      }
      int won = 0;
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        won += put.get() ? 1 : 0;
      }
      assertThat(won).isOne();
    }
  }

  @Test
  void copiesAndDeletes() throws Exception {
    bucket().putIfAbsent("x/1", content("one"));
    bucket().copy("x/1", "q/1");
    bucket().delete("x/1");
    bucket().delete("x/1");
    assertThat(get("x/1")).isEqualTo("absent");
    assertThat(get("q/1")).isEqualTo("one");
  }

  @Test
  void listsByName() throws Exception {
    for (String name : List.of("x/2", "x/1", "y/1", "x/3")) {
      bucket().putIfAbsent(name, content(name));
    }
    List<String> names = new ArrayList<>();
    bucket().list("x/", object -> names.add(object.name() + " " + object.sizeBytes()));
    assertThat(names).containsExactly("x/1 3", "x/2 3", "x/3 3");
  }
}
