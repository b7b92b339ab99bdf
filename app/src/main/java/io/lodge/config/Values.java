package io.lodge.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads values from text. Pure; nothing here sees a secret. */
final class Values {
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");

  private static final Map<String, Long> SIZE_UNITS =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  private static final Map<String, Long> DURATION_UNITS_MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Values() {}

  static long bytes(String text) throws BadValueException {
    return quantity(text, SIZE_UNITS, "a size", "write a number and a unit, such as 64MiB");
  }

  static Duration duration(String text) throws BadValueException {
    return Duration.ofMillis(
        quantity(
            text, DURATION_UNITS_MILLIS, "a duration", "write a number and a unit, such as 30s"));
  }

  /** A plain number; underscores may group its digits. */
  static long count(String text) throws BadValueException {
    Matcher number = NUMBER.matcher(text.replace("_", ""));
    if (!number.matches() || !number.group(2).isEmpty()) {
      throw unreadable(text, "a whole number", "write digits only, such as 200000");
    }
    return Long.parseLong(number.group(1));
  }

  private static long quantity(String text, Map<String, Long> units, String what, String remedy)
      throws BadValueException {
    Matcher number = NUMBER.matcher(text.strip());
    if (!number.matches()) {
      throw unreadable(text, what, remedy);
    }
    Long unit = units.get(number.group(2));
    if (unit == null && Long.parseLong(number.group(1)) == 0 && number.group(2).isEmpty()) {
      return 0;
    }
    if (unit == null) {
      throw unreadable(text, what, remedy);
    }
    BigInteger total = new BigInteger(number.group(1)).multiply(BigInteger.valueOf(unit));
    if (total.bitLength() >= Long.SIZE) {
      throw unreadable(text, what, "write a smaller one");
    }
    return total.longValueExact();
  }

  static HostPort hostPort(String text) throws BadValueException {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      String remedy =
          text.startsWith(":") || text.startsWith("*:")
              ? "write 0.0.0.0" + text.substring(text.indexOf(':')) + " for every address"
              : "write host:port, such as 127.0.0.1:4317 or [::1]:4317";
      throw new BadValueException(
          "cannot read \"" + text + "\" as an address: " + e.getMessage(), remedy);
    }
  }

  /** An address of a ClickHouse. Its parts are not repeated in messages: one may be a password. */
  static URI url(String text) throws BadValueException {
    String remedy = "write http://HOST:PORT or https://HOST:PORT";
    try {
      URI url = new URI(text);
      if (url.getRawUserInfo() != null || queryHasCredentials(url)) {
        throw new BadValueException(
            "cannot take a user or password from the URL",
            "set clickhouse.user and clickhouse.password instead");
      }
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!http || url.getHost() == null) {
        throw new BadValueException("cannot read the value as an HTTP URL", remedy);
      }
      return url;
    } catch (URISyntaxException e) {
      throw new BadValueException("cannot read the value as an HTTP URL", remedy);
    }
  }

  private static boolean queryHasCredentials(URI url) {
    return url.getRawQuery() != null && url.getRawQuery().contains("password=");
  }

  static <E extends Enum<E>> E choice(String text, Class<E> type) throws BadValueException {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    String choices =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new BadValueException("cannot use \"" + text + "\" here", "write one of: " + choices);
  }

  private static BadValueException unreadable(String text, String what, String remedy) {
    return new BadValueException("cannot read \"" + text + "\" as " + what, remedy);
  }
}
