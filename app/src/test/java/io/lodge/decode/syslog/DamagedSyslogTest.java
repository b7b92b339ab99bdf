package io.lodge.decode.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a message says, it becomes one row; whatever a body says, it is read or refused. */
class DamagedSyslogTest {
  /** How many damaged messages to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  private static final int GROUP = 50;

  private static final List<String> SEEDS =
      List.of(
          "<165>1 2026-10-11T22:14:15.003Z host app 12 ID47 [a@1 b=\"c\\]\" d=\"e\"][f] \uFEFFtext",
          "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed",
          "<189>29: *Nov 10 2025 01:02:03.456: %SYS-5-CONFIG_I: Configured",
          "<13>2026-11-18T10:00:00.5+01:00 2001:db8::1 app: x",
          "no syslog at all");

  @Test
  void everyPrefixOfAMessageIsARow() throws Exception {
    for (String seed : SEEDS) {
      byte[] message = seed.getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length <= message.length; length++) {
        checkRows(List.of(Arrays.copyOf(message, length)));
      }
    }
  }

  @Test
  void everyMutationOfAMessageIsARow() throws Exception {
    var random = new SplittableRandom(1);
    List<byte[]> group = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] message = SEEDS.get(i % SEEDS.size()).getBytes(StandardCharsets.UTF_8);
      for (int damage = random.nextInt(6); damage >= 0; damage--) {
        message[random.nextInt(message.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "<>[]\"\\=: -1".charAt(random.nextInt(11));
      }
      group.add(message);
      if (group.size() == GROUP) {
        checkRows(group);
        group.clear();
      }
    }
  }

  private static void checkRows(List<byte[]> messages) throws Exception {
    Messages decoder = new Messages();
    decoder.decode(
        "udp Z ::1", Decoding.RECEIVED, Messages.frames(messages.toArray(byte[][]::new)));
    assertThat(decoder.decoding.logs()).hasSameSizeAs(messages);
    assertThat(decoder.decoding.decoded.stored()).isEqualTo(messages.size());
  }

  @Test
  void everyMutationOfABodyIsReadOrRefusedWithoutATrace() throws Exception {
    var random = new SplittableRandom(2);
    Messages decoder = new Messages();
    int kept = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS / 20; i++) {
      byte[] body =
          Messages.frames(
              SEEDS.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      body = Arrays.copyOf(body, random.nextInt(body.length + 1));
      try {
        decoder.decode("tcp Z ::1", Decoding.RECEIVED, body);
        kept += (int) (decoder.decoding.decoded.stored() + decoder.decoding.decoded.rejected());
      } catch (MalformedPayloadException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThat(decoder.decoding.lanes.logs().rows() + decoder.decoding.lanes.deadLetters().rows())
        .isEqualTo(kept);
  }
}
