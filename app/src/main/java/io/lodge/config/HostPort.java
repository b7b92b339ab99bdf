package io.lodge.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * @param host a name or an IP address; IPv6 without brackets
 * @param port 0 to 65535; 0 is any free port
 */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[\\w.]+)?)\\]|([\\w.-]+)):(\\d{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0*:)+0*1");

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static HostPort parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("it is not host:port");
    }
    int port = Integer.parseInt(form.group(3));
    if (port > 65535) {
      throw new IllegalArgumentException("port " + port + " is above 65535");
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    return new HostPort(host, port);
  }

  /**
   * True where only this machine can connect. Names other than {@code localhost} are not looked up
   * and count as reachable.
   */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** As it is written in the configuration and in URLs. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
