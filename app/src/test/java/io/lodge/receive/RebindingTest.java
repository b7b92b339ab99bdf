package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.net.KeyCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web page's own name, made to point here, opens nothing. */
class RebindingTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4318,200",
    "localhost:4318,200",
    "LOCALHOST,200",
    "[::1]:4318,200",
    "host.docker.internal:4318,200",
    "evil.example,421",
    "evil.example:4318,421",
    "127.0.0.1.evil.example,421",
    "localhost.evil.example:4318,421"
  })
  void takesOnlyWhatNoPageCanBeCalled(String host, int status) throws Exception {
    try (Gateway gateway = new Gateway()) {
      assertThat(answer(gateway, host)).startsWith("HTTP/1.1 " + status);
      assertThat(gateway.intake.payloads).hasSize(status == 200 ? 1 : 0);
    }
  }

  @Test
  void saysWhatToDo() throws Exception {
    try (Gateway gateway = new Gateway()) {
      assertThat(answer(gateway, "evil.example"))
          .contains("unexpected Host 'evil.example'; use an IP address or localhost");
    }
  }

  @Test
  void takesTheMachinesOwnName() throws Exception {
    Path kernel = Path.of("/proc/sys/kernel/hostname");
    String name =
        Files.isReadable(kernel)
            ? Files.readString(kernel).strip()
            : InetAddress.getLocalHost().getHostName();
    try (Gateway gateway = new Gateway()) {
      assertThat(answer(gateway, name + ":4318")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whereKeysAreAskedForAnyNameWillDo() throws Exception {
    KeyCheck keys = key -> key.equals("k") ? Optional.of("team") : Optional.empty();
    try (Gateway gateway = new Gateway(64 << 20, keys, null, Duration.ofSeconds(20))) {
      assertThat(answer(gateway, "otel.corp\r\nx-api-key: k")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void refusesAPageOfAnotherSiteButNotOneOfThisMachine() throws Exception {
    try (Gateway gateway = new Gateway()) {
      assertThat(answer(gateway, "localhost:4318\r\nSec-Fetch-Site: cross-site"))
          .startsWith("HTTP/1.1 403")
          .contains("another site");
      assertThat(answer(gateway, "localhost:4318\r\nSec-Fetch-Site: same-site"))
          .startsWith("HTTP/1.1 200");
    }
  }

  private static String answer(Gateway gateway, String host) throws IOException {
    String request =
        "POST /v1/logs HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), gateway.http.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
