package io.lodge.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on loopback that nobody listens on. They lie below those that the system gives to outgoing
 * connections: one must stay free while its Lodge is dead and clients try to reach it. Each of the
 * test processes that run side by side has a range of its own.
 */
public final class FreePorts {
  private static final int PORT_MIN = 12_000;
  private static final int PORTS_PER_PROCESS = 5_000;
  private static final int PROCESSES_MAX = 4;
  private static final int FIRST =
      PORT_MIN + PORTS_PER_PROCESS * (Integer.getInteger("surefire.forkNumber", 0) % PROCESSES_MAX);

  private FreePorts() {}

  public static int one() {
    return some(1).getFirst();
  }

  public static List<Integer> some(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(PORTS_PER_PROCESS);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return ports;
  }

  public static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
