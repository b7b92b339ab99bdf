package io.lodge.decode.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.NativeReader;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.PayloadDecoder;
import io.lodge.decode.Wire;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import io.lodge.lane.SeriesMemory;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SeriesCacheTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long RECEIVED = 480_000 * HOUR;

  private final SeriesMemory memory = new SeriesMemory();
  private final PayloadDecoder decoder = new PayloadDecoder(64 << 20, 8 << 20, Rules.NONE);

  private static Wire label(String name, String value) {
    return new Wire().string(1, name).string(2, value);
  }

  private static Wire series(int number) {
    return new Wire()
        .message(1, label("__name__", "metric_" + number % 7))
        .message(1, label("n", "n" + number))
        .message(
            2,
            new Wire()
                .fixed64(1, Double.doubleToRawLongBits(number))
                .varint(2, 1_700_000_000_000L));
  }

  private static byte[] request(IntStream numbers) {
    Wire request = new Wire();
    numbers.forEach(number -> request.message(1, series(number)));
    return request.toBytes();
  }

  private static byte[] bytes(Lane lane) {
    return NativeReader.bytes(lane.encode(Compression.NONE, new ChunkPool(1 << 20)));
  }

  /** Rows of the block that the request becomes, by lane: series and samples. */
  private Lanes decode(byte[] request, String tenant, long received) throws Exception {
    Lanes lanes = new Lanes(memory);
    byte[] body = Snappy.compress(request);
    lanes.mark();
    decoder.decode(
        new Payload(
            PayloadKind.PROMETHEUS_WRITE_V1,
            ContentEncoding.SNAPPY,
            tenant,
            "",
            received,
            body,
            0,
            body.length),
        lanes,
        new Decoded());
    return lanes;
  }

  @Test
  void aKnownSeriesHasTheSameRowsInWhateverOrderItComes() throws Exception {
    byte[] forth = request(IntStream.range(0, 3000));
    byte[] back = request(IntStream.iterate(2999, n -> n >= 0, n -> n - 1));
    Lanes first = decode(forth, "a", RECEIVED);
    assertThat(first.series().rows()).isEqualTo(3000);
    for (byte[] again : new byte[][] {forth, back, forth}) {
      Lanes known = decode(again, "a", RECEIVED);
      SeriesCacheTest other = new SeriesCacheTest();
      Lanes wanted = other.decode(again, "a", RECEIVED);
      assertThat(known.series().rows()).as("written within the hour").isZero();
      assertThat(bytes(known.samples())).isEqualTo(bytes(wanted.samples()));
    }
  }

  @Test
  void theLabelsOfAKnownSeriesAreWrittenWhenTheyMustBe() throws Exception {
    byte[] request = request(IntStream.range(0, 5));
    decode(request, "a", RECEIVED);
    Lanes nextHour = decode(request, "a", RECEIVED + HOUR);
    assertThat(nextHour.series().rows()).isEqualTo(5);
    memory.forgetAll();
    Lanes forgotten = decode(request, "a", RECEIVED + HOUR);
    assertThat(bytes(forgotten.series())).isEqualTo(bytes(nextHour.series()));
    Lanes byOther = new SeriesCacheTest().decode(request, "a", RECEIVED + HOUR);
    assertThat(bytes(nextHour.series())).isEqualTo(bytes(byOther.series()));
  }

  @Test
  void tenantsShareNoSeries() throws Exception {
    byte[] request = request(IntStream.range(0, 5));
    Lanes one = decode(request, "a", RECEIVED);
    Lanes other = decode(request, "b", RECEIVED);
    assertThat(other.series().rows()).isEqualTo(5);
    assertThat(bytes(other.samples())).isNotEqualTo(bytes(one.samples()));
  }

  @Test
  void aRequestIsTooLargeWhetherItsSeriesAreKnownOrNot() throws Exception {
    Wire wide = new Wire().message(1, label("__name__", "wide"));
    for (int i = 0; i < 100; i++) {
      wide.message(1, label("l%03d".formatted(i), "v"));
    }
    for (int day = 0; day < 1000; day++) {
      wide.message(2, new Wire().varint(2, 86_400_000L * day));
    }
    Wire many = new Wire();
    for (int i = 0; i < 41; i++) {
      many.message(1, wide);
    }
    decode(new Wire().message(1, wide).toBytes(), "a", RECEIVED);
    assertThatThrownBy(() -> decode(many.toBytes(), "a", RECEIVED))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void aFullCacheBeginsAnew() throws Exception {
    int more = (1 << 18) + 10_000;
    for (int from = 0; from < more; from += 10_000) {
      decode(request(IntStream.range(from, from + 10_000)), "a", RECEIVED);
    }
    byte[] request = request(IntStream.range(100, 200));
    Lanes known = decode(request, "a", RECEIVED);
    assertThat(bytes(known.samples()))
        .isEqualTo(bytes(new SeriesCacheTest().decode(request, "a", RECEIVED).samples()));
  }
}
