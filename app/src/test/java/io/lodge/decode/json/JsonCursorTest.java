package io.lodge.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The cursor takes and refuses what Jackson does. */
class JsonCursorTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          " ",
          "\n",
          "\"a\"",
          "\"\\u00e9\\ud83d\\ude00\"",
          "\"\\x\"",
          "1",
          "-",
          "0",
          "01",
          ".5",
          "1.5e3",
          "1e",
          "true",
          "fals",
          "null",
          "\"é\"",
          "\"",
          "\\");

  private static boolean takes(byte[] json) {
    JsonCursor in = new JsonCursor(new ByteSink(16));
    in.reset(json, 0, json.length, false);
    try {
      in.skip(0);
      return in.peek() < 0;
    } catch (BadJsonException e) {
      assertThat(e.at()).isBetween(0, json.length);
      return false;
    }
  }

  private static boolean jacksonTakes(byte[] json) {
    try (JsonParser parser =
        JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.getString(); // lazily read
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Test
  void takesAndRefusesWhatJacksonDoes() {
    var random = new SplittableRandom(3);
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder json = new StringBuilder(random.nextBoolean() ? "[" : "{\"k\":");
      for (int n = random.nextInt(6); n >= 0; n--) {
        json.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      json.append(json.charAt(0) == '[' ? ']' : '}');
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      boolean takes = takes(bytes);
      taken += takes ? 1 : 0;
      assertThat(takes).as(json.toString()).isEqualTo(jacksonTakes(bytes));
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  @Test
  void stringsWithEscapesArePlainInTheSink() throws BadJsonException {
    byte[] json =
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\ud83d!é\""
            .getBytes(StandardCharsets.UTF_8);
    JsonCursor in = new JsonCursor(new ByteSink(16));
    in.reset(json, 0, json.length, false);
    in.string();
    assertThat(in.text(in.stringAt(), in.stringLength()))
        .isEqualTo("\"\\/\b\f\n\r\tAé€\uD83D\uDE00\uFFFD!é");
  }
}
