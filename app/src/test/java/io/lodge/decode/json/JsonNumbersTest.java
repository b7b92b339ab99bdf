package io.lodge.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonNumbersTest {

  @Test
  void everyNumberIsTheNearestDouble() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      String text =
          switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 1 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(-20, 20)));
            case 2 -> random.nextInt(1_000_000) + "." + random.nextInt(1_000_000_000);
            default -> "-0." + "0".repeat(random.nextInt(12)) + random.nextInt(1000);
          };
      byte[] bytes = ("##" + text + "#").getBytes(StandardCharsets.UTF_8);
      assertThat(Double.doubleToRawLongBits(JsonNumbers.float64(bytes, 2, text.length())))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }
  }
}
