package io.lodge.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class PortOwnerTest {
  @Test
  void namesTheProcessThatListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortOwner.of(socket.getLocalPort()))
          .get()
          .asString()
          .startsWith("process " + ProcessHandle.current().pid() + " (")
          .contains("java");
    }
  }

  @Test
  void isNobodyWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(PortOwner.of(port)).isEmpty();
  }
}
