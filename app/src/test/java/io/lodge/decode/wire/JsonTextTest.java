package io.lodge.decode.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as text: what ECMAScript and JSON would write. */
class JsonTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "100, 100",
    "1e15, 1000000000000000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "-1.25e30, -1.25e+30",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.5e-9, 1.5e-9",
    "4.9e-324, 4.9e-324",
    "123456789.125, 123456789.125",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "9007199254740993, 9007199254740992"
  })
  void doublesAsEcmascriptWritesThem(double value, String want) {
    assertThat(text(value)).isEqualTo(want);
  }

  @Test
  void doublesReadBackAsTheSame() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value) && value != 0) {
        String text = text(value);
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
      }
    }
  }

  @Test
  void longsAsTheirDigits() {
    for (long value = 1; value != 0; value *= 2) {
      for (long near : new long[] {value - 1, value, value + 1, -value}) {
        var out = new ByteSink(1);
        JsonText.putLong(out, near);
        assertThat(ascii(out)).isEqualTo(Long.toString(near));
      }
    }
    for (long value = 1; value > 0 && value < Long.MAX_VALUE / 10; value *= 10) {
      for (long near : new long[] {value - 1, value, -value}) {
        var out = new ByteSink(1);
        JsonText.putLong(out, near);
        assertThat(ascii(out)).isEqualTo(Long.toString(near));
      }
    }
  }

  @Test
  void stringsThatEveryJsonReaderReads() {
    StringBuilder every = new StringBuilder();
    for (char c = 0; c < 0x300; c++) {
      every.append(c);
    }
    byte[] utf8 = every.append("日本語🦊").toString().getBytes(StandardCharsets.UTF_8);
    var out = new ByteSink(1);
    JsonText.putQuoted(out, utf8, 0, utf8.length);
    String json = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(every.toString());
  }

  private static String text(double value) {
    var out = new ByteSink(1);
    JsonText.putDouble(out, value);
    return ascii(out);
  }

  private static String ascii(ByteSink out) {
    return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
  }
}
