package io.lodge.query.catalog;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table that holds rows, on the node that was asked.
 *
 * @param readName the name that people query, which on a cluster reads all nodes; its own if there
 *     is no other
 * @param bytes on disk
 * @param uncompressedBytes of the same columns
 * @param parts that are active
 * @param oldestMillis the earliest time of a row by the table's partitions, in whole seconds; empty
 *     if it has no rows, or no time in its partition key
 * @param newestMillis the latest one
 * @param writtenMillis when its newest part was written or merged
 * @param ttl what the table says of it; empty if rows are kept
 */
public record StoredTable(
    String database,
    String name,
    String readName,
    String engine,
    long rows,
    long bytes,
    long uncompressedBytes,
    long parts,
    long partitions,
    Optional<Long> oldestMillis,
    Optional<Long> newestMillis,
    Optional<Long> writtenMillis,
    String ttl) {

  private static final Statement TABLES =
      new Statement(
          """
          SELECT
              t.database AS database, t.name AS name, t.engine AS engine,
              extract(t.engine_full, ' TTL (.*?)(?: SETTINGS .*)?$') AS ttl,
              r.name AS read_name,
              p.rows AS rows, p.bytes AS bytes, p.uncompressed AS uncompressed,
              p.parts AS parts, p.partitions AS partitions,
              p.oldest AS oldest, p.newest AS newest, p.written AS written
          FROM
          (
              SELECT database, name, engine, engine_full
              FROM system.tables
              WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema')
                AND engine LIKE '%MergeTree' AND NOT is_temporary
          ) AS t
          LEFT JOIN
          (
              SELECT
                  database, table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes,
                  sum(data_uncompressed_bytes) AS uncompressed, count() AS parts, uniqExact(partition) AS partitions,
                  minIf(toUInt32(min_time), min_time > 0) AS oldest, toUInt32(max(max_time)) AS newest,
                  toUInt32(max(modification_time)) AS written
              FROM system.parts
              WHERE active
              GROUP BY database, table
          ) AS p ON p.database = t.database AND p.table = t.name
          LEFT JOIN
          (
              SELECT database, name
              FROM system.tables
              WHERE engine IN ('Alias', 'Distributed')
          ) AS r ON r.database = t.database AND concat(r.name, '_0') = t.name
          ORDER BY bytes DESC, database, name\
          """,
          Map.of());

  private static final Pattern INTERVAL = Pattern.compile("toInterval(\\w+)\\((\\d+)\\)");

  /** Every table, the largest first. */
  public static List<StoredTable> all(Execution execution) throws QueryFault, InterruptedException {
    return execution.all(TABLES).stream().map(StoredTable::of).toList();
  }

  private static StoredTable of(JsonRow row) {
    String readName = row.text("read_name");
    return new StoredTable(
        row.text("database"),
        row.text("name"),
        readName.isEmpty() ? row.text("name") : readName,
        row.text("engine"),
        row.count("rows"),
        row.count("bytes"),
        row.count("uncompressed"),
        row.count("parts"),
        row.count("partitions"),
        millis(row, "oldest"),
        millis(row, "newest"),
        millis(row, "written"),
        words(row.text("ttl")));
  }

  private static Optional<Long> millis(JsonRow row, String column) {
    long seconds = row.count(column);
    return seconds == 0 ? Optional.empty() : Optional.of(1000 * seconds);
  }

  /** {@code EventTime + toIntervalDay(180)} is 180 days; what is not that simple stays as it is. */
  static String words(String ttl) {
    Matcher interval = INTERVAL.matcher(ttl);
    if (ttl.contains(",") || !interval.find()) {
      return ttl;
    }
    String unit = interval.group(1).toLowerCase(Locale.ROOT);
    String count = interval.group(2);
    return count + " " + unit + (count.equals("1") ? "" : "s");
  }
}
