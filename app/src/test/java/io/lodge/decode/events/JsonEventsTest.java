package io.lodge.decode.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.json.JsonTime;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonEventsTest {
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  private final Decoding decoding = new Decoding();

  /** Decodes a body in which ' stands for ". */
  private Decoding decode(String body) throws MalformedPayloadException {
    return decoding.decode(PayloadKind.JSON_EVENTS, "web", bytes(body));
  }

  private static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private List<Map<String, Object>> events() {
    return decoding.rows(decoding.lanes.wideEvents(), StandardCharsets.UTF_8).stream()
        .map(JsonEventsTest::withMaps)
        .toList();
  }

  /** The reader of blocks gives a map's entries as a list. */
  private static Map<String, Object> withMaps(Map<String, Object> row) {
    Map<String, Object> with = new HashMap<>(row);
    for (String map : List.of("labels", "numbers")) {
      Map<Object, Object> entries = new HashMap<>();
      for (Object entry : (List<?>) requireNonNull(row.get(map))) {
        entries.put(((Map.Entry<?, ?>) entry).getKey(), ((Map.Entry<?, ?>) entry).getValue());
      }
      with.put(map, entries);
    }
    return with;
  }

  private List<String> reasons() {
    return decoding.deadLetters().stream().map(row -> (String) row.get("Reason")).toList();
  }

  @Test
  void everyFieldIsALabelAndNumbersAreNumbersToo() throws MalformedPayloadException {
    decode(
        "{'timestamp':'2026-11-21T00:00:00Z','service':'shop','host':'a\\tb','status':200,"
            + "'exact':9007199254740993,'ratio':-1.5e-3,'huge':1e999,'ok':true,'none':null,"
            + "'user':{'id':7,'geo':{'city':'Rom\\u00e9'}},'tags':['x',{'y':1}],'empty':{}}");
    assertThat(events())
        .containsExactly(
            Map.of(
                "Timestamp",
                1_795_219_200_000_000_000L,
                "Dataset",
                "web",
                "ServiceName",
                "shop",
                "labels",
                Map.ofEntries(
                    Map.entry("service", "shop"),
                    Map.entry("host", "a\tb"),
                    Map.entry("status", "200"),
                    Map.entry("exact", "9007199254740993"),
                    Map.entry("ratio", "-1.5e-3"),
                    Map.entry("huge", "1e999"),
                    Map.entry("ok", "true"),
                    Map.entry("user.id", "7"),
                    Map.entry("user.geo.city", "Romé"),
                    Map.entry("tags", "[\"x\",{\"y\":1}]"),
                    Map.entry("empty", "{}")),
                "numbers",
                Map.of(
                    "status", 200.0, "exact", 9007199254740992.0, "ratio", -1.5e-3, "user.id", 7.0),
                "Tenant",
                "acme",
                "ReceivedAt",
                Decoding.RECEIVED,
                "SampleRate",
                1L));
  }

  @Test
  void linesAnArrayAndOneObjectAreTheSameEvents() throws MalformedPayloadException {
    decode("{'a':1}\n\n  {'a':2} \r\n{'a':3}");
    List<Map<String, Object>> lines = events();
    decoding.clear();
    decode(" [ {'a':1},{'a':2}\n, {'a':3} ] ");
    assertThat(events()).isEqualTo(lines).hasSize(3);
    decoding.clear();
    decode("{\n  'a':\n  1\n}\n");
    assertThat(events()).isEqualTo(lines.subList(0, 1));
    decoding.clear();
    decode("  \n ");
    decode("[]");
    assertThat(events()).isEmpty();
  }

  @Test
  void aBadLineCostsThatLine() throws MalformedPayloadException {
    decode("{'a':1}\n{'a':\n7\n{'b':2}}\n['c']\n{'d':3}\n{'e':'x");
    assertThat(events())
        .extracting(row -> row.get("labels"))
        .containsExactly(Map.of("a", "1"), Map.of("d", "3"));
    assertThat(reasons()).hasSize(5).containsOnly("invalid_json");
    assertThat(decoding.deadLetters())
        .extracting(row -> row.get("Record"))
        .containsExactly("{\"a\":", "7", "{\"b\":2}}", "[\"c\"]", "{\"e\":\"x");
    assertThat(decoding.decoded.stored()).isEqualTo(2);
    assertThat(decoding.decoded.rejected()).isEqualTo(5);
    assertThat(decoding.decoded.itemsText())
        .startsWith("{\"line\":2,\"reason\":\"invalid_json\",\"detail\":\"at byte 13: ")
        .contains(",{\"line\":3,", ",{\"line\":7,");
  }

  @Test
  void anElementThatIsNoEventCostsThatElement() throws MalformedPayloadException {
    decode("[{'a':1},7,{'b':%s},{'c':2}]".formatted("{'x':".repeat(40) + "1" + "}".repeat(40)));
    assertThat(events()).hasSize(2);
    assertThat(reasons()).containsExactly("invalid_json", "value_too_deep");
  }

  @Test
  void anArrayThatIsNoJsonIsRefusedWhole() {
    assertThatThrownBy(() -> decode("[{'a':1},{'a':]"))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("at byte 14");
    assertThat(events()).isEmpty();
  }

  @Test
  void theFirstNameForTheTimeCounts() throws MalformedPayloadException {
    decode("{'ts':1,'time':2,'@timestamp':3}\n{'ts':'soon'}\n{'timestamp':4200000000}");
    assertThat(events())
        .extracting(row -> row.get("Timestamp"), row -> row.get("labels"))
        .containsExactly(
            tuple(3_000_000_000L, Map.of("ts", "1", "time", "2")),
            tuple(Decoding.RECEIVED, Map.of("ts", "soon")),
            tuple(JsonTime.MAX_UNIX_NANOS, Map.of()));
    assertThat(decoding.decoded.clampedTimestamps()).isEqualTo(1);
  }

  @Test
  void whatPassesALimitIsADeadLetter() throws MalformedPayloadException {
    StringBuilder wide = new StringBuilder("{'a':0");
    for (int i = 0; i < 5000; i++) {
      wide.append(",'").append(i).append("':0");
    }
    Decoding roomy = new Decoding(1 << 20);
    roomy.decode(
        PayloadKind.JSON_EVENTS,
        "web",
        bytes(wide + "}\n{'%s':1}\n{'a':'%s'}".formatted("n".repeat(1025), "v".repeat(1 << 20))));
    assertThat(roomy.deadLetters())
        .extracting(row -> row.get("Reason"))
        .containsExactly("too_many_fields", "name_too_long", "record_too_large");
  }

  @Test
  void aFewBytesDoNotBecomeGigabytes() {
    Decoding roomy = new Decoding(16 << 20);
    String inner = "'b':1,".repeat(4000) + "'b':1";
    String record = "{'" + "n".repeat(1000) + "':{" + inner + "}}\n";
    assertThatThrownBy(
            () -> roomy.decode(PayloadKind.JSON_EVENTS, "web", bytes(record.repeat(100))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes of names");
    assertThatThrownBy(
            () -> roomy.decode(PayloadKind.JSON_EVENTS, "web", bytes("{}\n".repeat(250_001))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("records");
  }

  private static byte[] sample(long seed) {
    var random = new SplittableRandom(seed);
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      body.append(
          "{'time':%d,'a':{'b':[1,'x',{}],'c\\n':'d\\u00e9'},'n':-%d.5e%d,'t':true,'u':null}\n"
              .formatted(random.nextInt(), random.nextInt(1000), random.nextInt(20)));
    }
    return bytes(body.toString());
  }

  @Test
  void ofEveryPrefixTheWholeLinesAreStored() throws MalformedPayloadException {
    for (long seed = 0; seed < 20; seed++) {
      byte[] body = sample(seed);
      for (int length = 0; length <= body.length; length++) {
        byte[] prefix = Arrays.copyOf(body, length);
        decoding.clear();
        decoding.decode(PayloadKind.JSON_EVENTS, "web", prefix);
        String text = new String(prefix, StandardCharsets.UTF_8);
        long whole =
            text.chars().filter(c -> c == '\n').count()
                + (text.endsWith("}") ? endsWhole(text) : 0);
        long sent = text.lines().filter(line -> !line.isBlank()).count();
        assertThat(decoding.decoded.stored()).as(text).isEqualTo(whole);
        assertThat(decoding.decoded.stored() + decoding.decoded.rejected()).isEqualTo(sent);
      }
    }
  }

  private static int endsWhole(String text) {
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return last.endsWith("null}") ? 1 : 0;
  }

  @Test
  void everyMutationIsStoredOrRejected() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = sample(i % 300);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        body[random.nextInt(body.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(' ', 127) : random.nextInt(256));
      }
      decoding.clear();
      try {
        decoding.decode(PayloadKind.JSON_EVENTS, "web", body);
        assertThat(events()).hasSize((int) decoding.decoded.stored());
      } catch (MalformedPayloadException e) {
        assertThat(decoding.lanes.filled()).isEmpty();
      }
    }
  }
}
