package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.Decoding;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are moved into what the tables hold, and counted when they are. */
class TimesTest {
  private static final long NEW_YEAR_2100 = nanos("2100-01-01T00:00:00Z");

  private final Decoding decoding = new Decoding();

  @Test
  void noTimeIsTheTimeObserved() throws Exception {
    check(0, 42, 42, 42, 0);
  }

  @Test
  void noTimeAtAllIsTheTimeOfReceipt() throws Exception {
    check(0, 0, Decoding.RECEIVED, Decoding.RECEIVED, 0);
  }

  @Test
  void theFirstAndLastTimesThatAreKept() throws Exception {
    check(1, NEW_YEAR_2100, 1, NEW_YEAR_2100, 0);
  }

  @Test
  void laterThan2100IsMovedThereAndCounted() throws Exception {
    check(NEW_YEAR_2100 + 1, 7, NEW_YEAR_2100, 7, 1);
    check(nanos("2200-06-01T00:00:00Z"), 7, NEW_YEAR_2100, 7, 1);
    check(Long.MAX_VALUE, Long.MAX_VALUE, NEW_YEAR_2100, NEW_YEAR_2100, 2);
  }

  @Test
  void before1970IsOnTheWireFarInTheFuture() throws Exception {
    check(nanos("1969-12-31T23:59:59Z"), 7, NEW_YEAR_2100, 7, 1);
    check(-1, -1, NEW_YEAR_2100, NEW_YEAR_2100, 2);
    check(Long.MIN_VALUE, 7, NEW_YEAR_2100, 7, 1);
  }

  private void check(long time, long observed, long wantTime, long wantObserved, int clamped)
      throws Exception {
    Wire record = new Wire().fixed64(1, time).fixed64(11, observed);
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
        {"timeUnixNano":"%s","observedTimeUnixNano":%s}]}]}]}\
        """
            .formatted(Long.toUnsignedString(time), Long.toUnsignedString(observed));
    check(PayloadKind.OTLP_LOGS_PROTOBUF, Wire.request(record), wantTime, wantObserved, clamped);
    check(
        PayloadKind.OTLP_LOGS_JSON,
        json.getBytes(StandardCharsets.UTF_8),
        wantTime,
        wantObserved,
        clamped);
  }

  private void check(
      PayloadKind kind, byte[] body, long wantTime, long wantObserved, int wantClamped)
      throws Exception {
    decoding.clear();
    decoding.decode(kind, body);
    Map<String, Object> row = decoding.logs().getFirst();
    assertThat(row).containsEntry("Timestamp", wantTime);
    assertThat(row).containsEntry("ObservedTimestamp", wantObserved);
    assertThat(decoding.decoded.clampedTimestamps()).isEqualTo(wantClamped);
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
