package io.lodge;

import io.lodge.base.PortOwner;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(1);

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
    requireNoOtherLodge(config);
    List<String> taken = new ArrayList<>();
    addresses.forEach((key, address) -> fault(key, address, taken));
    if (!taken.isEmpty()) {
      throw new CommandException(String.join("\n", taken));
    }
  }

  /**
   * Most often it is Lodge itself that has the ports, and to change five keys is not the remedy.
   */
  private static void requireNoOtherLodge(Config config) throws CommandException {
    HostPort api = config.api().listen();
    if (api.port() == 0 || config.tls().isPresent() || !isLodge("http://" + api + "/")) {
      return;
    }
    throw new CommandException(
        "cannot start: Lodge runs already on %s%s; use it at http://%s/, stop it, or give this one ports and --data of its own"
            .formatted(
                api, PortOwner.of(api.port()).map(owner -> ", as " + owner).orElse(""), api));
  }

  /** Whether what answers there calls itself Lodge, with the web UI or without. */
  private static boolean isLodge(String url) {
    HttpRequest question = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client.send(question, BodyHandlers.ofString()).body().contains("Lodge");
    } catch (IOException nobody) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
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
