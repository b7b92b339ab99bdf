package io.lodge.route.when;

/** How often a part of a condition has to be tested: once for each of these. */
public enum Level {
  REQUEST,
  RESOURCE,
  SCOPE,
  RECORD;

  Level or(Level other) {
    return compareTo(other) > 0 ? this : other;
  }
}
