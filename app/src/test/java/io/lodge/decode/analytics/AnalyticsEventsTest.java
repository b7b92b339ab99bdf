package io.lodge.decode.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.PayloadKind;
import io.lodge.route.ProjectTokens;
import io.lodge.route.Rules;
import io.lodge.route.TeamRetention;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnalyticsEventsTest {
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);
  private static final String UUID = "01234567-89ab-4cde-8123-456789abcdef";

  private final Decoding decoding = new Decoding();

  /** Bodies have ' for ". */
  private static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static List<Map<String, Object>> rows(Decoding decoding, String body)
      throws MalformedPayloadException {
    decoding.decode(PayloadKind.ANALYTICS_ROWS, bytes(body));
    return events(decoding);
  }

  private static List<Map<String, Object>> events(Decoding decoding) {
    return decoding.rows(decoding.lanes.analytics(), StandardCharsets.UTF_8);
  }

  @Test
  void readsWhatTheStandardsProducersSend() throws MalformedPayloadException {
    var rows =
        rows(
            decoding,
            "{'uuid':'"
                + UUID
                + "','team_id':1,'event':'$pageview','timestamp':'2026-02-23T12:00:00.000Z',"
                + "'distinct_id':'user_42','properties':'{\\'url\\':\\'/dash\\\\u00e9\\',\\'$browser\\':\\'Firefox\\'}'}\n"
                + "{'team_id':'2','event':'$llm_request','properties':{'model':'m1','provider':'p',"
                + "'tokens_prompt':12,'$ai_output_tokens':'7','cost_usd':0.12345678,"
                + "'prompt':'secret','a':[{'$ai_input':[1]}],'utm_source':'x'},'host':'h1','new':1}");
    assertThat(rows.get(0))
        .containsEntry("uuid", UUID)
        .containsEntry("team_id", 1L)
        .containsEntry("event", "$pageview")
        .containsEntry("timestamp", 1_771_848_000_000L)
        .containsEntry("created_at", Decoding.RECEIVED / 1_000_000)
        .containsEntry("distinct_id", "user_42")
        .containsEntry("properties", "{\"url\":\"/dash\\u00e9\",\"$browser\":\"Firefox\"}")
        .containsEntry("url", "/dashé")
        .containsEntry("browser", "Firefox")
        .containsEntry("expires_at", 1_803_384_000L)
        .containsEntry("retention_days", 0L);
    assertThat(rows.get(1))
        .containsEntry("team_id", 2L)
        .containsEntry("timestamp", Decoding.RECEIVED / 1_000_000)
        .containsEntry("model", "m1")
        .containsEntry("tokens_prompt", 12L)
        .containsEntry("tokens_completion", 7L)
        .containsEntry("cost_usd", 12_345_678L)
        .containsEntry("host", "h1")
        .containsEntry("utm_source", "x")
        .containsEntry(
            "properties",
            "{\"model\":\"m1\",\"provider\":\"p\",\"tokens_prompt\":12,\"$ai_output_tokens\":\"7\","
                + "\"cost_usd\":0.12345678,\"a\":[{}],\"utm_source\":\"x\"}");
    assertThat(decoding.decoded.removed()).isEqualTo(2);
  }

  @Test
  void aProjectsTokenNamesItsTeamWhereverAnSdkPutsIt() throws MalformedPayloadException {
    var tokens = new ProjectTokens(new TreeMap<>(Map.of("phc_shop", 7L, "phc_web", 8L, "9", 10L)));
    Decoding known = new Decoding(4096, Rules.NONE.with(tokens));
    for (String body :
        List.of(
            "{'api_key':'phc_shop','batch':[{'event':'1'},{'event':'2','api_key':'phc_web'},"
                + "{'event':'3','properties':{'token':'phc_web'}},{'event':'4','team_id':3,'token':'phc_web'}]}",
            "[{'event':'5','properties':{'token':'phc_shop','a':{'token':'phc_web'}}}]",
            "{'event':'6','token':'phc_web'}",
            "{'event':'7','api_key':'9'}",
            "{'event':'8','api_key':'11'}",
            "{'event':'9','api_key':'phc_nobody'}")) {
      known.decode(PayloadKind.ANALYTICS_CAPTURE, bytes(body));
    }
    assertThat(events(known))
        .extracting(row -> row.get("team_id"))
        .containsExactly(7L, 8L, 8L, 3L, 7L, 8L, 10L, 11L, 0L);
    known.clear();
    assertThat(rows(known, "{'event':'a','token':'phc_shop'}").getFirst())
        .as("rows name their team themselves")
        .containsEntry("team_id", 0L);
  }

  @Test
  void anEventWithoutAUuidHasTheSameWheneverItIsDecoded() throws MalformedPayloadException {
    String body = "{'event':'a'}\n{'event':'a'}";
    List<Object> first = rows(decoding, body).stream().map(row -> row.get("uuid")).toList();
    assertThat(first.get(0)).isNotEqualTo(first.get(1));
    assertThat(rows(new Decoding(), body)).extracting(row -> row.get("uuid")).isEqualTo(first);
    assertThat(String.valueOf(first.get(0)))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab].*");
  }

  @Test
  void idsAreHashedUnderAKeyAndTeamsHaveTheirOwnRetention() throws MalformedPayloadException {
    var days = new TreeMap<>(Map.of(7L, 30));
    var rules = new Rules(new TeamRetention(days), Optional.of("key"));
    var rows =
        rows(
            new Decoding(Decoding.RECORD_BYTES_MAX, rules),
            "{'team_id':7,'timestamp':0,'distinct_id':'ann','properties':{'distinct_id':'ann','x':{'$user_id':'ann'}}}");
    String hashed = HmacOracle.of("key", "ann");
    assertThat(rows.getFirst())
        .containsEntry("distinct_id", hashed)
        .containsEntry(
            "properties",
            "{\"distinct_id\":\"" + hashed + "\",\"x\":{\"$user_id\":\"" + hashed + "\"}}")
        .containsEntry("retention_days", 30L)
        .containsEntry("expires_at", 30 * 86_400L);
  }

  @Test
  void anIdAmongThePropertiesIsTheEventsIfItHasNoOther() throws MalformedPayloadException {
    var rules = new Rules(TeamRetention.NONE, Optional.of("key"));
    var rows =
        rows(
            new Decoding(Decoding.RECORD_BYTES_MAX, rules),
            "{'event':'a','properties':{'distinct_id':42}}");
    String hashed = HmacOracle.of("key", "42");
    assertThat(rows.getFirst())
        .containsEntry("distinct_id", hashed)
        .containsEntry("properties", "{\"distinct_id\":\"" + hashed + "\"}");
  }

  @Test
  void readsWhatSdksSend() throws MalformedPayloadException {
    for (String body :
        List.of(
            "{'api_key':'9','batch':[{'event':'a','distinct_id':'u','properties':{'$os':'Linux'}}]}",
            "{'api_key':'9','event':'a','distinct_id':'u','properties':{'$os':'Linux'}}",
            "{'batch':[{'event':'a','distinct_id':'u','properties':{'$os':'Linux'}}],'token':'9'}")) {
      decoding.clear();
      decoding.decode(PayloadKind.ANALYTICS_CAPTURE, bytes(body));
      assertThat(events(decoding))
          .as(body)
          .singleElement()
          .satisfies(row ->
              assertThat(row)
                  .containsEntry("team_id", 9L)
                  .containsEntry("event", "a")
                  .containsEntry("os", "Linux"));
    }
  }

  @Test
  void aBadEventCostsThatEventAndLeavesNoContent() throws MalformedPayloadException {
    var rows =
        rows(
            decoding,
            "{'event':'good'}\n{'event':'a','team_id':'x'}\n{'event':'b','uuid':'1'}\n"
                + "{'event':'c','timestamp':'soon'}\n{'event':'d','properties':'secret'}\nsecret");
    assertThat(rows).hasSize(1);
    assertThat(decoding.deadLetters())
        .extracting(row -> row.get("Reason"))
        .containsExactly(
            "invalid_team_id",
            "invalid_uuid",
            "invalid_time",
            "invalid_properties",
            "invalid_json");
    assertThat(decoding.deadLetters())
        .allSatisfy(row -> assertThat(row).containsEntry("Record", ""));
    assertThat(decoding.decoded.stored() + decoding.decoded.rejected()).isEqualTo(6);
    decoding.clear();
    assertThatThrownBy(() -> rows(decoding, "secret\n{'event':"))
        .isInstanceOf(MalformedPayloadException.class);
    assertThat(decoding.lanes.filled()).isEmpty();
  }

  private static final byte[] SAMPLE =
      bytes(
          "{'api_key':'9','batch':[{'event':'$ai_generation','uuid':'"
              + UUID
              + "','timestamp':'2026-02-23T12:00:00Z','properties':{'$ai_input':[{'x':'\\u00e9'}],"
              + "'messages':1,'$ai_input_tokens':5,'n':null,'alias':'b'}},{'event':'b','properties':'{\\'a\\':1}'}]}");

  @Test
  void everyPrefixAndMutationIsStoredOrRefused() {
    var rules = new Rules(TeamRetention.NONE, Optional.of("key"));
    Decoding hashing = new Decoding(Decoding.RECORD_BYTES_MAX, rules);
    for (PayloadKind kind : List.of(PayloadKind.ANALYTICS_CAPTURE, PayloadKind.ANALYTICS_ROWS)) {
      for (int length = 0; length <= SAMPLE.length; length++) {
        decodeAny(hashing, kind, Arrays.copyOf(SAMPLE, length));
      }
      var random = new SplittableRandom(1);
      for (int i = 0; i < MUTATIONS / 2; i++) {
        byte[] body = SAMPLE.clone();
        for (int damage = random.nextInt(3); damage >= 0; damage--) {
          body[random.nextInt(body.length)] =
              (byte) (random.nextBoolean() ? random.nextInt(' ', 127) : random.nextInt(256));
        }
        decodeAny(hashing, kind, body);
      }
    }
  }

  private static void decodeAny(Decoding decoding, PayloadKind kind, byte[] body) {
    decoding.clear();
    try {
      decoding.decode(kind, body);
    } catch (MalformedPayloadException e) {
      assertThat(decoding.lanes.filled()).isEmpty();
      return;
    }
    assertThat(decoding.rows(decoding.lanes.analytics(), StandardCharsets.ISO_8859_1))
        .hasSize((int) decoding.decoded.stored());
  }
}
