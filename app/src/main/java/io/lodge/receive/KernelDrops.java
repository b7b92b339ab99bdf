package io.lodge.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Datagrams that the kernel dropped before the socket of a port was read: the last column of {@code
 * /proc/net/udp}. Linux only; 0 elsewhere.
 *
 * @param port the local port; 0 watches nothing
 */
record KernelDrops(int port) {
  static final KernelDrops NONE = new KernelDrops(0);

  private static final int LOCAL_ADDRESS = 1;

  long count() {
    return port == 0 ? 0 : Stream.of("udp", "udp6").mapToLong(this::count).sum();
  }

  private long count(String table) {
    String suffix = ":%04X".formatted(port);
    try {
      return Files.readAllLines(Path.of("/proc/net", table)).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > LOCAL_ADDRESS + 1)
          .filter(fields -> fields[LOCAL_ADDRESS].toUpperCase(Locale.ROOT).endsWith(suffix))
          .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
          .sum();
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }
}
