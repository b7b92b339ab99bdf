package io.lodge.query.search;

/**
 * An attribute that has a column of its own. Parts that are older than the column are slower to
 * read through it than through the map, as ClickHouse 26.7 then computes it from all of the map: so
 * it is read only where no such part can be.
 *
 * @param map the column of attributes that it is in
 * @param key in this map
 * @param column its own
 * @param holds what of the attribute's text is in it
 * @param sinceNanos all rows of this time and later have it stored; {@link Long#MAX_VALUE} if that
 *     is not known of any
 */
public record Promoted(String map, String key, String column, Holds holds, long sinceNanos) {

  /** What a column tells of an attribute: where it tells less, the map is asked. */
  public enum Holds {
    /** The text, which is empty where there is no such attribute, or an empty one. */
    TEXT,
    /** The number that the text is, else 0. */
    NUMBER_OR_ZERO,
    /** The number that the text is, else null. */
    NUMBER_OR_NULL
  }
}
