package io.lodge.decode.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.wire.AttributeSlices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Bodies that are JSON objects become attributes, and exactly those that Jackson takes for JSON.
 */
class BodyJsonTest {
  /** How many damaged bodies to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  private static final String SAMPLE =
      """
      {"msg":"h\\u00e9 \\ud834\\udd1e\\n","n":-1.5e3,"ok":true,"no":null,"a":[1,{"b":"]"}],
       "o":{"p":{"q":"deep","é":0},"empty":{}},"s":"","\\"k\\"":"x\\\\"}\
      """;

  private final BodyJson json = new BodyJson();
  private final LogFields fields = new LogFields();

  /** The attributes that a body becomes, once with the body as received, once as rendered. */
  private Map<String, String> read(String body) {
    Map<String, String> received = read(body, false);
    assertThat(read(body, true)).isEqualTo(received);
    return received;
  }

  private Map<String, String> read(String body, boolean rendered) {
    byte[] bytes = ("\"" + body + "\"").getBytes(StandardCharsets.UTF_8);
    fields.clear();
    fields.bodyLength = bytes.length - 2;
    if (rendered) {
      fields.text.putBytes(bytes, 0, bytes.length);
      fields.bodyAt = ~1;
    } else {
      fields.bodyAt = 1;
    }
    json.read(fields, bytes);
    Map<String, String> attributes = new LinkedHashMap<>();
    AttributeSlices slices = fields.attributes;
    for (int i = 0; i < slices.count(); i++) {
      attributes.put(
          text(slices, bytes, slices.keyAt(i), slices.keyLength(i)),
          text(slices, bytes, slices.valueAt(i), slices.valueLength(i)));
    }
    return attributes;
  }

  private static String text(AttributeSlices slices, byte[] body, int at, int length) {
    return new String(
        slices.source(body, at), AttributeSlices.index(at), length, StandardCharsets.UTF_8);
  }

  @Test
  void everyFieldBecomesAnAttribute() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("msg", "hé 𝄞\n");
    expected.put("n", "-1.5e3");
    expected.put("ok", "true");
    expected.put("no", "");
    expected.put("a", "[1,{\"b\":\"]\"}]");
    expected.put("o.p.q", "deep");
    expected.put("o.p.é", "0");
    expected.put("o.empty", "{}");
    expected.put("s", "");
    expected.put("\"k\"", "x\\");
    assertThat(read(SAMPLE)).containsExactlyEntriesOf(expected);
  }

  @Test
  void whatIsTooMuchStaysInTheBody() {
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 200; i++) {
      many.append("\"k").append(i).append("\":").append(i).append(i < 199 ? "," : "}");
    }
    assertThat(read(many.toString())).hasSize(BodyJson.FIELDS_MAX);
    String longKey = "k".repeat(BodyJson.KEY_BYTES_MAX + 1);
    assertThat(read("{\"" + longKey + "\":1,\"b\":{\"" + longKey + "\":2},\"c\":3}"))
        .containsExactly(Map.entry("c", "3"));
    String deep = "{\"a\":".repeat(12) + "1" + "}".repeat(12);
    assertThat(read(deep))
        .containsExactly(Map.entry("a.a.a.a.a.a.a.a", "{\"a\":".repeat(4) + "1" + "}".repeat(4)));
    assertThat(read("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")).isEmpty();
  }

  @Test
  void whatWasSentAsAnAttributeStays() {
    byte[] body = "{\"a\":1,\"b\":2}a9".getBytes(StandardCharsets.UTF_8);
    fields.clear();
    fields.bodyLength = 13;
    fields.attributes.add(13, 1, 14, 1);
    assertThat(json.read(fields, body)).isFalse();
    assertThat(fields.attributes.count()).isEqualTo(2);
    assertThat(text(fields.attributes, body, fields.attributes.valueAt(0), 1)).isEqualTo("9");
  }

  @Test
  void damagedBodiesAreTakenAsJacksonTakesThem() {
    var random = new SplittableRandom(7);
    List<String> alphabet = new ArrayList<>();
    SAMPLE.codePoints().forEach(point -> alphabet.add(Character.toString(point)));
    alphabet.addAll(List.of("\\u", "{", "}", "[", "]", ",", ":", "\"", "0", "1", "e", "-", "\\"));
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder body = new StringBuilder(SAMPLE);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int at = random.nextInt(body.length());
        String piece = alphabet.get(random.nextInt(alphabet.size()));
        body.replace(at, at + random.nextInt(3), random.nextBoolean() ? piece : "");
      }
      String text =
          new String(body.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      boolean valid = isObject(text);
      assertThat(read(text).isEmpty()).as(text).isEqualTo(!valid);
      taken += valid ? 1 : 0;
    }
    assertThat(taken).isBetween(MUTATIONS / 100, MUTATIONS);
    for (int length = 0; length < SAMPLE.length(); length++) {
      assertThat(read(SAMPLE.substring(0, length))).isEmpty();
    }
  }

  private static boolean isObject(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
