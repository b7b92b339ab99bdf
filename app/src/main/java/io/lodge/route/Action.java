package io.lodge.route;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a rule does to a record for which its condition holds. */
public sealed interface Action {

  /** Reads ClickHouse's own log line, text or JSON: its message becomes the body. */
  record ParseClickHouse() implements Action {}

  /**
   * Makes attributes of the fields of a body that is a JSON object.
   *
   * @param body the field whose text takes the body's place; empty where the body stays as sent
   */
  record ExtractJson(String body) implements Action {}

  /** Gives attributes other keys. One that has the new key already gives way. */
  record Rename(List<Name> names) implements Action {
    public Rename {
      names = List.copyOf(names);
    }
  }

  /** An attribute's key, and the one it gets. */
  record Name(String from, String to) {
    /** A new array of the old key's UTF-8. */
    public byte[] fromUtf8() {
      return from.getBytes(StandardCharsets.UTF_8);
    }

    /** A new array of the new key's UTF-8. */
    public byte[] toUtf8() {
      return to.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Replaces what a pattern finds, in the body, in the values of attributes, or in both. */
  record Redact(Redaction redaction, boolean inBody, boolean inAttributes) implements Action {}

  /** Stores the record in this table. */
  record Lane(Destination to) implements Action {}

  /** Keeps one record in so many, which says so. */
  record Sample(int oneIn) implements Action {}

  /** Drops the record, and counts it. */
  record Drop() implements Action {}

  /** Ends the rules for this record. */
  record Stop() implements Action {}
}
