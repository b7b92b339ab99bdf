package io.lodge.base.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a listener without keys answers under.
 *
 * <p>Against <b>DNS rebinding</b>, where a web page's own name is made to point here so that the
 * user's browser takes this for the page's own server: the {@code Host} must be one that no page
 * can have. That is an IP address, {@code localhost}, this machine's own name, what containers call
 * their host, or a name that the operator gave. Immutable.
 */
public final class HostNames {
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Docker's and Podman's names for the machine that a container runs on. */
  private static final Set<String> CONTAINERS =
      Set.of("host.docker.internal", "host.containers.internal");

  private final Set<String> more;
  private final String ownName;

  /**
   * @param more names that the operator gave, in lower case
   */
  public HostNames(Set<String> more) {
    this.more = Set.copyOf(more);
    ownName = ownName();
  }

  /**
   * Whether no web page can have this name.
   *
   * @param authority the request's {@code Host} or {@code :authority}, with or without a port
   */
  public boolean allow(@Nullable String authority) {
    String host =
        PORT.matcher(authority == null ? "" : authority.toLowerCase(Locale.ROOT)).replaceFirst("");
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || (!host.isEmpty() && host.equals(ownName))
        || CONTAINERS.contains(host)
        || more.contains(host)
        || IP_ADDRESS.matcher(host).matches();
  }

  /** Asked of the kernel where it can be: the portable way may ask the network and wait for it. */
  private static String ownName() {
    try {
      String name =
          Files.isReadable(KERNEL_NAME)
              ? Files.readString(KERNEL_NAME).strip()
              : InetAddress.getLocalHost().getHostName();
      return name.toLowerCase(Locale.ROOT);
    } catch (IOException unknown) {
      return "";
    }
  }
}
