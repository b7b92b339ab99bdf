package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More clients than a small heap has room for. */
class OverloadTest {
  private static final int PRODUCERS = 16;
  private static final int HOLDERS_MAX = 200;
  private static final String ANNOUNCEMENT =
      """
      POST /v1/logs HTTP/1.1\r
      host: localhost\r
      content-type: application/x-protobuf\r
      content-length: 1000000\r
      \r
      """;

  @TempDir Path folder;

  @Test
  void refusesForNowInsteadOfRunningOutOfMemory() throws IOException {
    Ledger ledger = new Ledger("overload");
    List<Socket> holders = new ArrayList<>();
    try (RunningLodge lodge =
            RunningLodge.start(
                folder,
                List.of("-Xmx160m", "-XX:+ExitOnOutOfMemoryError"),
                "memory.budget=32MiB",
                "receive.max_request=4MiB",
                "receive.max_decompressed=4MiB",
                "receive.max_record=1MiB",
                "deliver.block_size=4MiB");
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, 1000, Duration.ZERO)) {
      load.awaitAcknowledged(PRODUCERS * 1000);
      // Clients that announce a body and are slow to send it: the budget is for memory, not speed.
      // As many as it takes: one that comes while others have the memory is refused itself.
      int enough = ledger.refusals() + PRODUCERS;
      Waiting.until(
          "producers are refused",
          () -> {
            holders.add(announce(lodge.at().otlpHttp()));
            if (holders.size() > HOLDERS_MAX) {
              holders.removeFirst().close();
            }
            return ledger.refusals() >= enough;
          },
          lodge::output);
      for (Socket holder : holders) {
        holder.close();
      }
      load.awaitAcknowledged(PRODUCERS * 1000);
      load.stop();
      lodge.awaitEmptyJournal();
      assertThat(lodge.process().isAlive()).isTrue();
      assertThat(lodge.output()).doesNotContain("OutOfMemoryError");
      assertThat(retryLater(lodge)).isGreaterThanOrEqualTo(ledger.refusals());
      ledger.assertExact(lodge.reader());
    } finally {
      for (Socket holder : holders) {
        holder.close();
      }
    }
  }

  private static Socket announce(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(ANNOUNCEMENT.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static long retryLater(RunningLodge lodge) {
    return Metrics.sum(
        Http.get(lodge.at().apiUrl().resolve("/metrics")).text(),
        "lodge_receive_requests_total",
        "outcome=\"retry_later\"");
  }
}
