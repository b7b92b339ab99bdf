package io.lodge.query.search;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a table offers to searches. Immutable.
 *
 * @param name as in SQL, with its database
 * @param time its column of time, a DateTime64(9)
 * @param coarseTime an expression of whole seconds that leads its sorting key; empty if the column
 *     of time itself does
 * @param text what bare words search; empty if it has no text
 * @param columns its columns that searches may name
 * @param aliases short names in lower case → columns
 * @param maps its maps of attributes, in the order in which they are looked into
 * @param promoted attributes that have a column of their own
 */
public record SearchTable(
    String name,
    String time,
    Optional<String> coarseTime,
    Optional<SearchText> text,
    Map<String, Kind> columns,
    Map<String, String> aliases,
    List<AttributeMap> maps,
    List<Promoted> promoted) {

  /** What a column holds, as far as comparing goes. */
  public enum Kind {
    TEXT,
    /** One of a few words, such as {@code Error}: people write them in any case. */
    WORD,
    /** Hexadecimal ids, stored in lower case. */
    ID,
    NUMBER,
    /** Nanoseconds. */
    DURATION,
    /** The severity number, with the text beside it. */
    LEVEL
  }

  /**
   * A map of attributes.
   *
   * @param column a Map(LowCardinality(String), …String)
   * @param prefix names it alone: {@code resource.} before a key looks into this map only
   */
  public record AttributeMap(String column, String prefix) {

    /**
     * The maps of records whose own attributes are in a column: those before where they are from.
     */
    static List<AttributeMap> ofRecord(String own) {
      return List.of(
          new AttributeMap(own, "attributes."),
          new AttributeMap("ResourceAttributes", "resource."),
          new AttributeMap("ScopeAttributes", "scope."));
    }
  }

  public SearchTable {
    columns = Map.copyOf(columns);
    aliases = Map.copyOf(aliases);
    maps = List.copyOf(maps);
    promoted = List.copyOf(promoted);
  }

  /** The same table once attributes have columns of their own. */
  public SearchTable withPromoted(List<Promoted> attributes) {
    return new SearchTable(name, time, coarseTime, text, columns, aliases, maps, attributes);
  }

  /** As it is best read from a time on: with the promoted columns that all these rows have. */
  public SearchTable since(long nanos) {
    return promoted.isEmpty()
        ? this
        : withPromoted(promoted.stream().filter(one -> one.sinceNanos() <= nanos).toList());
  }

  /** The column that holds what is tested of an attribute; empty if the map is to be asked. */
  Optional<Promoted> promoted(String map, String key) {
    return promoted.stream()
        .filter(one -> one.map().equals(map) && one.key().equals(key))
        .findFirst();
  }

  /** The column that is meant by a name; empty if it is an attribute's key. */
  public Optional<String> columnOf(String field) {
    if (columns.containsKey(field)) {
      return Optional.of(field);
    }
    return Optional.ofNullable(aliases.get(field.toLowerCase(Locale.ROOT)));
  }

  /** What people call a column: the alias that has most of its name, or the name itself. */
  public String shortName(String column) {
    String letters = column.toLowerCase(Locale.ROOT).replace("_", "");
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue().equals(column))
        .map(Map.Entry::getKey)
        .filter(alias -> letters.contains(alias.replace("_", "")))
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()))
        .orElse(column);
  }

  /** Whether a name means a column, and no attribute. */
  public boolean hasColumn(String field) {
    return columnOf(field).isPresent();
  }

  Kind kindOf(String column) {
    return columns.getOrDefault(column, Kind.TEXT);
  }
}
