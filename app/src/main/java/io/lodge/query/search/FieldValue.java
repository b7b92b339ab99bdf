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
    String promoted = table.promoted().get(field);
    return promoted == null
        ? ofMaps(table, field, place)
        : new FieldValue("toString(" + promoted + ")", Map.of());
  }

  private static String ofColumn(String column, SearchTable.Kind kind) {
    return switch (kind) {
      case LEVEL -> Levels.sql();
      case TEXT, ID -> column;
      case NUMBER, DURATION -> "toString(" + column + ")";
    };
  }

  /** The first map that has it, in the order in which searches look. */
  private static FieldValue ofMaps(SearchTable table, String field, String place) {
    for (SearchTable.AttributeMap map : table.maps()) {
      if (field.startsWith(map.prefix()) && field.length() > map.prefix().length()) {
        return ofMap(List.of(map), field.substring(map.prefix().length()), place);
      }
    }
    return ofMap(table.maps(), field, place);
  }

  private static FieldValue ofMap(List<SearchTable.AttributeMap> maps, String key, String place) {
    Condition condition = new Condition();
    condition.text(key); // for its escapes
    Map<String, String> values = new LinkedHashMap<>();
    values.put(place, condition.parameters().get("s0"));
    List<String> parts = new ArrayList<>();
    for (SearchTable.AttributeMap map : maps) {
      String value = "%s[{%s:String}]".formatted(map.column(), place);
      parts.add(value + " != ''");
      parts.add("CAST(" + value + ", 'String')");
    }
    return new FieldValue(
        maps.size() == 1
            ? "CAST(%s[{%s:String}], 'String')".formatted(maps.getFirst().column(), place)
            : "multiIf(" + String.join(", ", parts) + ", '')",
        values);
  }
}
