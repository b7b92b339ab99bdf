package io.lodge;

import io.lodge.base.PortOwner;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks whether the TCP addresses of a Lodge can be had, all of them before anything starts: who
 * has two Lodges on one machine learns of every port at once. What takes an address between this
 * look and the start is still told, by the listener that fails.
 */
final class PortCheck {
  private PortCheck() {}

  /**
   * Refuses addresses that are taken.
   *
   * @throws CommandException with a line for each
   */
  static void requireFree(Config config) throws CommandException {
    Map<String, HostPort> addresses = new LinkedHashMap<>();
    addresses.put("receive.otlp.grpc", config.receive().otlpGrpc());
    addresses.put("receive.otlp.http", config.receive().otlpHttp());
    config.receive().syslog().tcp().ifPresent(tcp -> addresses.put("receive.syslog.tcp", tcp));
    addresses.put("api.listen", config.api().listen());
    if (config.clickhouse().embedded()) {
      addresses.put("engine.http", config.engine().http());
      addresses.put("engine.tcp", config.engine().tcp());
    }
    List<String> taken = new ArrayList<>();
    addresses.forEach((key, address) -> fault(key, address, taken));
    if (!taken.isEmpty()) {
      throw new CommandException(String.join("\n", taken));
    }
  }

  private static void fault(String key, HostPort address, List<String> faults) {
    InetAddress host = Store.socket(address).getAddress();
    if (host == null) {
      faults.add("cannot listen on %s: the host is unknown; change %s".formatted(address, key));
      return;
    }
    try (ServerSocket probe = new ServerSocket(address.port(), 1, host)) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      faults.add(
          "cannot listen on %s: %s%s; change %s or stop what listens there"
              .formatted(
                  address,
                  e.getMessage(),
                  PortOwner.of(address.port()).map(owner -> ", by " + owner).orElse(""),
                  key));
    }
  }
}
