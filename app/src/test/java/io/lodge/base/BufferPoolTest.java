package io.lodge.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private final BufferPool pool = new BufferPool(16 << 20, 1 << 20);

  @Test
  void everyLengthFitsAndWastesAtMostAFifth() {
    for (int length = 4096; length <= 16 << 20; length += 1 + length / 97) {
      int size = pool.sizeFor(length);
      assertThat(size).isGreaterThanOrEqualTo(length);
      assertThat(size - length).as("waste of %d", length).isLessThanOrEqualTo(size / 5);
      assertThat(pool.sizeFor(size)).isEqualTo(size);
    }
  }

  @Test
  void givesTheSameArrayAgain() {
    byte[] first = pool.take(430_000);
    pool.giveBack(first);
    assertThat(pool.idleBytes()).isEqualTo(first.length);
    assertThat(pool.take(429_000)).isSameAs(first);
    assertThat(pool.idleBytes()).isZero();
  }

  @Test
  void keepsNoMoreThanItsLimit() {
    byte[][] taken = new byte[10][];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = pool.take(200_000);
    }
    for (byte[] buffer : taken) {
      pool.giveBack(buffer);
    }
    assertThat(pool.idleBytes()).isPositive().isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void givesBeyondItsLargestClassExactlyAndKeepsNone() {
    byte[] large = pool.take((16 << 20) + 1);
    assertThat(large).hasSize((16 << 20) + 1);
    pool.giveBack(large);
    assertThat(pool.idleBytes()).isZero();
  }
}
