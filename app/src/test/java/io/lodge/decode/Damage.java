package io.lodge.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.lane.Lanes;
import io.lodge.model.PayloadKind;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Cuts and mutates bodies: whatever comes is read or refused, never anything else. */
public final class Damage {
  /** How many damaged bodies to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 5_000);

  private final Decoding decoding = new Decoding();
  private final PayloadKind kind;
  private int refused;

  private Damage(PayloadKind kind) {
    this.kind = kind;
  }

  /** Tries every prefix and many mutations; most of either kind must be refused or read. */
  public static void of(PayloadKind kind, byte[] body) {
    Damage damage = new Damage(kind);
    for (int length = 0; length < body.length; length++) {
      damage.decode("prefix " + length, Arrays.copyOf(body, length));
    }
    assertThat(damage.refused).as("refused prefixes").isPositive();
    var random = new SplittableRandom(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = body.clone();
      for (int n = random.nextInt(5); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      damage.decode("mutation " + i, damaged);
    }
  }

  private void decode(String name, byte[] body) {
    decoding.clear();
    try {
      decoding.decode(kind, body);
      sameRowsEverywhere(name, decoding.lanes);
    } catch (MalformedPayloadException expected) {
      refused++;
      assertThat(decoding.lanes.rowsMax()).as(name + ": rows left behind").isZero();
    } catch (TooManyRowsException expected) {
      refused++;
    } catch (RuntimeException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Each column of a lane has a value for each row. */
  private static void sameRowsEverywhere(String name, Lanes lanes) {
    for (var lane : lanes.filled()) {
      for (var column : lane.columns()) {
        assertThat(column.column().rows()).as(name + " " + column.name()).isEqualTo(lane.rows());
      }
    }
  }
}
