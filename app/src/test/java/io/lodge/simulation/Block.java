package io.lodge.simulation;

import static java.util.Objects.requireNonNull;

import io.lodge.block.NativeReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in a block that was sent, read from its bytes.
 *
 * @param hash of its bytes without frames
 * @param rows by the partition they fall into
 * @param series the series of its samples, or those that it describes, each with its day
 */
record Block(int hash, Map<Long, List<Row>> rows, List<String> series) {
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final Pattern MARK = Pattern.compile("p(\\d+)\\.r(\\d+);");
  private static final Pattern RULES = Pattern.compile("rules=(\\d+);");

  /**
   * A row of ours.
   *
   * @param name which
   * @param rules under which rules it was decoded; -1 if it does not say
   * @param poison whether the landing table may refuse it
   */
  record Row(String name, int rules, boolean poison) {}

  static Block read(String table, List<ByteBuffer> body) {
    byte[] raw = NativeReader.raw(body);
    Map<String, List<Object>> columns = NativeReader.columns(raw, StandardCharsets.ISO_8859_1);
    Map<Long, List<Row>> rows = new TreeMap<>();
    List<String> series = new ArrayList<>();
    int count = columns.values().iterator().next().size();
    for (int i = 0; i < count; i++) {
      Row row =
          switch (table) {
            case "otel.prom_series_0" -> {
              series.add(value(columns, "SeriesId", i) + "/" + value(columns, "Day", i));
              yield new Row("series", -1, false);
            }
            case "otel.delivery_ledger_0" -> new Row("account", -1, false);
            case "otel.prom_samples_0" -> {
              long day = (long) value(columns, "Timestamp", i) / (DAY_NANOS / 1_000_000);
              series.add(value(columns, "SeriesId", i) + "/" + day);
              yield sample((double) value(columns, "Value", i));
            }
            default -> row(textOf(columns, i));
          };
      rows.computeIfAbsent(day(columns, i), day -> new ArrayList<>()).add(row);
    }
    return new Block(Arrays.hashCode(raw), rows, List.copyOf(new TreeSet<>(series)));
  }

  private static Object value(Map<String, List<Object>> columns, String name, int row) {
    return requireNonNull(columns.get(name), name).get(row);
  }

  private static Row sample(double value) {
    int number = (int) (value / 100);
    return new Row(Bodies.row(number, (int) (value - number * 100.0)), -1, false);
  }

  private static String textOf(Map<String, List<Object>> columns, int row) {
    for (String name : List.of("Body", "labels", "Record")) {
      if (columns.containsKey(name)) {
        return value(columns, name, row).toString();
      }
    }
    return "";
  }

  private static Row row(String text) {
    Matcher mark = MARK.matcher(text);
    if (!mark.find()) {
      return new Row("? " + text, -1, false);
    }
    Matcher rules = RULES.matcher(text);
    return new Row(
        mark.group(),
        rules.find() ? Integer.parseInt(rules.group(1)) : -1,
        text.contains(Bodies.POISON));
  }

  private static long day(Map<String, List<Object>> columns, int row) {
    if (columns.containsKey("Day")) {
      return (long) value(columns, "Day", row);
    }
    if (columns.containsKey("Minute")) {
      return (long) value(columns, "Minute", row) / (DAY_NANOS / 1_000_000_000);
    }
    String time = columns.containsKey("Timestamp") ? "Timestamp" : "ReceivedAt";
    long value = (long) value(columns, time, row);
    return value > 1_000_000_000_000_000L ? value / DAY_NANOS : value / (DAY_NANOS / 1_000_000);
  }

  int count() {
    return rows.values().stream().mapToInt(List::size).sum();
  }

  boolean isPoisoned() {
    return rows.values().stream().flatMap(List::stream).anyMatch(Row::poison);
  }
}
