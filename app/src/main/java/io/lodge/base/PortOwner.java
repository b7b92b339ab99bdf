package io.lodge.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who listens on a TCP port, as far as this user may know it: read from {@code /proc}, so on Linux
 * only.
 */
public final class PortOwner {
  private static final Path PROC = Path.of("/proc");

  /** The state LISTEN in {@code /proc/net/tcp}. */
  private static final String LISTEN = "0A";

  private PortOwner() {}

  /** {@code process 123 (java -jar …)}, or empty where it cannot be known. */
  public static Optional<String> of(int port) {
    try {
      List<String> sockets =
          Stream.of("tcp", "tcp6").flatMap(table -> listeners(table, port)).toList();
      return sockets.isEmpty() ? Optional.empty() : processWith(sockets);
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /** The links that a process holding such a socket has among its open files. */
  private static Stream<String> listeners(String table, int port) {
    String suffix = ":%04X".formatted(port);
    try {
      return Files.readAllLines(PROC.resolve("net").resolve(table)).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
          .filter(fields -> fields[1].toUpperCase(Locale.ROOT).endsWith(suffix))
          .map(fields -> "socket:[" + fields[9] + "]");
    } catch (IOException noSuchTable) {
      return Stream.empty();
    }
  }

  private static Optional<String> processWith(List<String> sockets) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of("process %s (%s)".formatted(process.getFileName(), command(process)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, List<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException notOursOrGone) {
      return false;
    }
    return false;
  }

  private static String command(Path process) throws IOException {
    byte[] line = Files.readAllBytes(process.resolve("cmdline"));
    String text = new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
