package io.lodge.decode.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElasticsearchBulkTest {
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);
  private static final byte[] BODY =
      """
      {"create":{"_index":"a","_id":"\\u0041"}}
      {"@timestamp":"2026-11-21T10:00:00Z","message":"one","host":{"name":"h"}}
      {"index":{}}
      {"message":"two","n":1.5}

      {"delete":{"_id":"x"}}
      {"update":{"_id":"x"}}
      {"doc":{}}
      {"index":{"_index":"b","routing":7}}
      {"message":"three"}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final Decoding decoding = new Decoding();

  @Test
  void accountsForEveryItem() throws MalformedPayloadException {
    decoding.decode(PayloadKind.ELASTICSEARCH_BULK, "web", BODY);
    assertThat(decoding.rows(decoding.lanes.wideEvents(), StandardCharsets.UTF_8))
        .extracting(row -> row.get("Dataset"))
        .containsExactly("a", "web", "b");
    assertThat(decoding.decoded.stored()).isEqualTo(3);
    assertThat(decoding.decoded.rejected()).isEqualTo(2);
    assertThat(decoding.decoded.itemsText())
        .startsWith("{\"create\":{\"_index\":\"a\",\"_id\":\"A\",")
        .contains(",{\"delete\":{\"_index\":\"web\",\"_id\":\"x\",\"status\":400,");
  }

  @Test
  void everyPrefixIsStoredOrRefused() {
    for (int length = 0; length < BODY.length; length++) {
      decodeAny(Arrays.copyOf(BODY, length));
    }
  }

  @Test
  void everyMutationIsStoredOrRefused() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = BODY.clone();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        body[random.nextInt(body.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(' ', 127) : random.nextInt(256));
      }
      decodeAny(body);
    }
  }

  /** Every item is a row or a dead letter, and is answered; or nothing is left. */
  private void decodeAny(byte[] body) {
    decoding.clear();
    try {
      decoding.decode(PayloadKind.ELASTICSEARCH_BULK, "web", body);
    } catch (MalformedPayloadException e) {
      assertThat(decoding.lanes.filled()).isEmpty();
      return;
    }
    assertThat((long) decoding.lanes.wideEvents().rows()).isEqualTo(decoding.decoded.stored());
    assertThat((long) decoding.lanes.deadLetters().rows()).isEqualTo(decoding.decoded.rejected());
    assertThat(decoding.decoded.itemsText().split("\"status\":", -1).length - 1)
        .isEqualTo((int) (decoding.decoded.stored() + decoding.decoded.rejected()));
    decoding.rows(decoding.lanes.wideEvents(), StandardCharsets.ISO_8859_1);
  }
}
