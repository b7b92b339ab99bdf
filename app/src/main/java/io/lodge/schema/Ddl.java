package io.lodge.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One CREATE statement, taken apart as far as its parts can be changed on their own.
 *
 * <p>Texts are compared as written, after whitespace is made even: the files among the resources
 * spell types, codecs and expressions the way {@code SHOW CREATE TABLE} does, and a test (plan
 * after apply is empty) holds them to it.
 *
 * @param kind what it creates
 * @param name {@code database} or {@code database.table}
 * @param sql the whole statement without comments
 * @param columns column name to type, default, codec and so on, in order
 * @param indexes index name to the rest of its declaration
 * @param clauses ENGINE, PARTITION BY, ORDER BY, TTL, TO and AS to their text, as far as present
 * @param settings the table's settings
 */
record Ddl(
    Kind kind,
    String name,
    String sql,
    Map<String, String> columns,
    Map<String, String> indexes,
    Map<String, String> clauses,
    Map<String, String> settings) {

  enum Kind {
    DATABASE,
    TABLE,
    MATERIALIZED_VIEW
  }

  private static final Pattern HEAD =
      Pattern.compile(
          "CREATE (DATABASE|TABLE|MATERIALIZED VIEW) (?:IF NOT EXISTS )?([\\w.`]+)(?: UUID '[^']*')?");

  /** In the order in which ClickHouse writes them. */
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?<= |^)(TO|ENGINE =|PARTITION BY|PRIMARY KEY|ORDER BY|TTL|SETTINGS|DEFINER =|SQL SECURITY|AS(?= SELECT| WITH)|COMMENT)(?= |$)");

  static Ddl parse(String text) {
    String sql = SqlText.normal(text);
    Matcher head = HEAD.matcher(sql);
    if (!head.lookingAt()) {
      throw new IllegalArgumentException("unexpected DDL; got " + sql + " want CREATE …");
    }
    Kind kind = Kind.valueOf(head.group(1).replace(' ', '_'));
    String name = head.group(2).replace("`", "");
    String rest = sql.substring(head.end()).strip();
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, String> indexes = new LinkedHashMap<>();
    if (rest.startsWith("(")) {
      int end = SqlText.next(rest, 1, ')');
      SqlText.split(rest.substring(1, end)).forEach(item -> addItem(item, columns, indexes));
      rest = rest.substring(end + 1).strip();
    }
    Map<String, String> clauses = clauses(rest);
    Map<String, String> settings = settings(clauses.getOrDefault("SETTINGS", ""));
    return new Ddl(kind, name, sql, columns, indexes, clauses, settings);
  }

  private static void addItem(
      String item, Map<String, String> columns, Map<String, String> indexes) {
    String text = item.startsWith("INDEX ") ? item.substring(6) : item;
    int blank = text.indexOf(' ');
    String name = text.substring(0, blank).replace("`", "");
    (item.startsWith("INDEX ") ? indexes : columns).put(name, text.substring(blank + 1));
  }

  private static Map<String, String> clauses(String rest) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = CLAUSE.matcher(rest);
    int from = 0;
    while (matcher.find(from)) {
      found.add(new int[] {matcher.start(1), matcher.end(1)});
      if (matcher.group(1).equals("AS")) {
        break; // the rest is the view's query
      }
      from = matcher.end(1);
    }
    Map<String, String> clauses = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      int[] at = found.get(i);
      int end = i + 1 < found.size() ? found.get(i + 1)[0] : rest.length();
      String key = rest.substring(at[0], at[1]).replace(" =", "").strip();
      clauses.put(key, rest.substring(at[1], end).strip());
    }
    return clauses;
  }

  private static Map<String, String> settings(String list) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String item : SqlText.split(list)) {
      int equals = item.indexOf('=');
      settings.put(item.substring(0, equals).strip(), item.substring(equals + 1).strip());
    }
    return settings;
  }

  String clause(String name) {
    return clauses.getOrDefault(name, "");
  }
}
