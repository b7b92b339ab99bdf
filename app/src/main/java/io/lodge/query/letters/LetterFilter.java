package io.lodge.query.letters;

import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which dead letters are meant. An empty text or list asks for nothing.
 *
 * @param ids 32 hexadecimal digits each
 * @param range when their requests came
 */
public record LetterFilter(
    List<String> ids,
    String kind,
    String reason,
    String service,
    String tenant,
    TimeRange range,
    Replayed replayed) {

  /** Whether a letter was sent again. */
  public enum Replayed {
    NO,
    YES,
    ANY
  }

  /** Letters whose replay has an outcome. */
  static final String ENDED =
      "SELECT Letter FROM otel.dead_letter_replays WHERE Outcome NOT IN ('begun', 'withdrawn')";

  /** The same of one tenant alone. */
  public LetterFilter ofTenant(String only) {
    return new LetterFilter(ids, kind, reason, service, only, range, replayed);
  }

  /** The same of those that were not sent again. */
  public LetterFilter open() {
    return new LetterFilter(ids, kind, reason, service, tenant, range, Replayed.NO);
  }

  /** The condition, for {@code otel.dead_letters}. */
  String sql() {
    List<String> all = new ArrayList<>();
    all.add("ReceivedAt >= {from:DateTime64(9, 'UTC')} AND ReceivedAt < {to:DateTime64(9, 'UTC')}");
    equal(all, "Kind", kind);
    equal(all, "Reason", reason);
    equal(all, "ServiceName", service);
    equal(all, "Tenant", tenant);
    if (!ids.isEmpty()) {
      all.add("Id IN {ids:Array(String)}");
    }
    switch (replayed) {
      case NO -> all.add("Id NOT IN (" + ENDED + ")");
      case YES -> all.add("Id IN (" + ENDED + ")");
      case ANY -> {}
    }
    return String.join(" AND ", all);
  }

  private static void equal(List<String> all, String column, String value) {
    if (!value.isEmpty()) {
      all.add("%s = {%s:String}".formatted(column, column));
    }
  }

  /** The condition's values. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("from", TimeRange.nanosText(range.fromNanos()));
    values.put("to", TimeRange.nanosText(range.toNanos()));
    values.put("Kind", Statement.escaped(kind));
    values.put("Reason", Statement.escaped(reason));
    values.put("ServiceName", Statement.escaped(service));
    values.put("Tenant", Statement.escaped(tenant));
    values.put("ids", array(ids));
    values.values().removeIf(String::isEmpty);
    return values;
  }

  /** Ids as the text of an array; nothing but their digits is let through. */
  static String array(List<String> ids) {
    return ids.stream()
        .filter(id -> id.matches("[0-9a-f]{32}"))
        .collect(Collectors.joining("','", "['", "']"));
  }
}
