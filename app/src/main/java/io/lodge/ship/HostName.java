package io.lodge.ship;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name of this machine. */
final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Asks the kernel where it can: the portable way may ask the network and wait for it. */
  static Optional<String> find() {
    try {
      String name =
          Files.isReadable(LINUX)
              ? Files.readString(LINUX).strip()
              : InetAddress.getLocalHost().getHostName();
      return Optional.of(name).filter(known -> !known.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
