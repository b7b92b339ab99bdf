package io.lodge.query.search;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with or without a unit: {@code 500}, {@code -1.5e3}, {@code 1.5s}, {@code 2MiB}.
 *
 * @param number in the base of the unit's kind: nanoseconds, bytes, or as it is
 */
record Quantity(double number, Kind kind) {

  enum Kind {
    PLAIN,
    DURATION,
    SIZE
  }

  private record Unit(Kind kind, double factor) {}

  private static final Pattern SHAPE =
      Pattern.compile("([+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?)([a-zA-Zµμ]*+)");

  private static final Map<String, Unit> UNITS =
      Map.ofEntries(
          Map.entry("", new Unit(Kind.PLAIN, 1)),
          Map.entry("ns", new Unit(Kind.DURATION, 1)),
          Map.entry("us", new Unit(Kind.DURATION, 1e3)),
          Map.entry("µs", new Unit(Kind.DURATION, 1e3)),
          Map.entry("μs", new Unit(Kind.DURATION, 1e3)),
          Map.entry("ms", new Unit(Kind.DURATION, 1e6)),
          Map.entry("s", new Unit(Kind.DURATION, 1e9)),
          Map.entry("m", new Unit(Kind.DURATION, 60e9)),
          Map.entry("h", new Unit(Kind.DURATION, 3600e9)),
          Map.entry("d", new Unit(Kind.DURATION, 86_400e9)),
          Map.entry("B", new Unit(Kind.SIZE, 1)),
          Map.entry("kB", new Unit(Kind.SIZE, 1e3)),
          Map.entry("KB", new Unit(Kind.SIZE, 1e3)),
          Map.entry("MB", new Unit(Kind.SIZE, 1e6)),
          Map.entry("GB", new Unit(Kind.SIZE, 1e9)),
          Map.entry("KiB", new Unit(Kind.SIZE, 1024)),
          Map.entry("MiB", new Unit(Kind.SIZE, 1024.0 * 1024)),
          Map.entry("GiB", new Unit(Kind.SIZE, 1024.0 * 1024 * 1024)));

  /** What people write where {@code ns us ms s m h d} are meant, in lower case. */
  private static final Map<String, String> OTHER_UNITS =
      Map.ofEntries(
          Map.entry("nsec", "ns"),
          Map.entry("nanos", "ns"),
          Map.entry("usec", "us"),
          Map.entry("micros", "us"),
          Map.entry("msec", "ms"),
          Map.entry("msecs", "ms"),
          Map.entry("millis", "ms"),
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("min", "m"),
          Map.entry("mins", "m"),
          Map.entry("minute", "m"),
          Map.entry("minutes", "m"),
          Map.entry("hr", "h"),
          Map.entry("hour", "h"),
          Map.entry("hours", "h"),
          Map.entry("day", "d"),
          Map.entry("days", "d"));

  /** The duration that was probably meant by a number with another unit; none without a unit. */
  static Optional<String> nearestDuration(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String unit = shape.group(2).toLowerCase(Locale.ROOT);
    String meant = OTHER_UNITS.getOrDefault(unit, unit);
    Unit known = UNITS.get(meant);
    return known == null || known.kind != Kind.DURATION
        ? Optional.empty()
        : Optional.of(shape.group(1) + meant);
  }

  /** The quantity that the whole text is; empty if it is none. */
  static Optional<Quantity> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    Unit unit = UNITS.get(shape.group(2));
    return unit == null
        ? Optional.empty()
        : Optional.of(new Quantity(Double.parseDouble(shape.group(1)) * unit.factor, unit.kind));
  }
}
