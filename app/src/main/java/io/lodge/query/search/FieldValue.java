package io.lodge.query.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a field as SQL, as text: of a column, or of an attribute wherever a record has it.
 * Empty text where it has none.
 *
 * @param sql the value
 * @param parameters of it
 */
public record FieldValue(String sql, Map<String, String> parameters) {

  public FieldValue {
    parameters = Map.copyOf(parameters);
  }

  /**
   * A field of a table.
   *
   * @param field as searches name it
   * @param place a name for the key's parameter that no other in the statement has
   */
  public static FieldValue of(SearchTable table, String field, String place) {
    Optional<String> column = table.columnOf(field);
    if (column.isPresent()) {
      return new FieldValue(ofColumn(column.get(), table.kindOf(column.get())), Map.of());
    }
    return ofMaps(table, field, place);
  }

  private static String ofColumn(String column, SearchTable.Kind kind) {
    return switch (kind) {
      case LEVEL -> Levels.sql();
      case TEXT, WORD, ID -> column;
      case NUMBER, DURATION -> "toString(" + column + ")";
    };
  }

  /** The first map that has it, in the order in which searches look. */
  private static FieldValue ofMaps(SearchTable table, String field, String place) {
    for (SearchTable.AttributeMap map : table.maps()) {
      if (field.startsWith(map.prefix()) && field.length() > map.prefix().length()) {
        return ofMap(table, List.of(map), field.substring(map.prefix().length()), place);
      }
    }
    return ofMap(table, table.maps(), field, place);
  }

  private static FieldValue ofMap(
      SearchTable table, List<SearchTable.AttributeMap> maps, String key, String place) {
    Condition condition = new Condition();
    condition.text(key); // for its escapes
    Map<String, String> values = new LinkedHashMap<>();
    values.put(place, condition.parameters().get("s0"));
    List<String> parts = new ArrayList<>();
    for (SearchTable.AttributeMap map : maps) {
      String value = value(table, map.column(), key, place);
      parts.add(value + " != ''");
      parts.add("CAST(" + value + ", 'String')");
    }
    return new FieldValue(
        maps.size() == 1 ? parts.getLast() : "multiIf(" + String.join(", ", parts) + ", '')",
        values);
  }

  private static String value(SearchTable table, String map, String key, String place) {
    return table
        .promoted(map, key)
        .filter(promoted -> promoted.holds() == Promoted.Holds.TEXT)
        .map(promoted -> "`" + promoted.column() + "`")
        .orElse("%s[{%s:String}]".formatted(map, place));
  }
}
