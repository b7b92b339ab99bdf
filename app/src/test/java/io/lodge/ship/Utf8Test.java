package io.lodge.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8Test {
  @Test
  void agreesWithTheJdkOnRandomBytes() {
    Random random = new Random(7);
    byte[] alphabet = {
      'a',
      (byte) 0x80,
      (byte) 0xBF,
      (byte) 0xA0,
      (byte) 0x90,
      (byte) 0x8F,
      (byte) 0xC0,
      (byte) 0xC2,
      (byte) 0xDF,
      (byte) 0xE0,
      (byte) 0xED,
      (byte) 0xEF,
      (byte) 0xF0,
      (byte) 0xF4,
      (byte) 0xF5,
      (byte) 0xFF
    };
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length))
          .as(() -> Arrays.toString(bytes))
          .isEqualTo(jdkReads(bytes));
    }
  }

  @Test
  void cutsBetweenCharacters() {
    byte[] text = "aä€🌲".getBytes(StandardCharsets.UTF_8);
    int[] cuts = {1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (int length = 1; length <= text.length; length++) {
      assertThat(Utf8.characterBoundary(text, length))
          .as("at %d", length)
          .isEqualTo(cuts[length - 1]);
    }
  }

  @Test
  void cutsSomewhereInWhatIsNoText() {
    byte[] bytes = new byte[8];
    Arrays.fill(bytes, (byte) 0x80);
    assertThat(Utf8.characterBoundary(bytes, 8)).isEqualTo(8);
    assertThat(Utf8.characterBoundary(new byte[] {(byte) 0xE4}, 1)).isEqualTo(1);
  }

  private static boolean jdkReads(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
