package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The checksum is the official client's, for every path of the algorithm. */
class CityHash128Test {
  private final CityHash128 hash = new CityHash128();
  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void agreesForEveryLengthUpTo2000() {
    byte[] bytes = new byte[2100];
    random.nextBytes(bytes);
    for (int length = 0; length <= 2000; length++) {
      check(bytes, length % 50, length);
    }
  }

  @Test
  void agreesForRandomBytes() {
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(300_000)];
      random.nextBytes(bytes);
      int offset = random.nextInt(bytes.length + 1);
      check(bytes, offset, bytes.length - offset);
    }
  }

  @Test
  void agreesForBytesThatAreNegative() {
    byte[] bytes = new byte[300];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    for (int length = 0; length <= bytes.length; length++) {
      check(bytes, 0, length);
    }
  }

  private void check(byte[] bytes, int offset, int length) {
    long[] want = NativeReader.officialHash(bytes, offset, length);
    hash.hash(bytes, offset, length);
    assertThat(new long[] {hash.low(), hash.high()}).as("%d bytes", length).isEqualTo(want);
  }
}
