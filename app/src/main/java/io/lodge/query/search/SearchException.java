package io.lodge.query.search;

/** A search that cannot be understood, and where. */
public final class SearchException extends Exception {
  private static final long serialVersionUID = 1;
  private final int from;
  private final int to;

  /**
   * @param from the first character that is wrong, counted in UTF-16 units from 0
   * @param to behind the last one; {@code from} where something is missing
   */
  SearchException(String message, int from, int to) {
    super(message);
    this.from = from;
    this.to = to;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }
}
