package io.lodge.route.when;

/** What conditions are tested on: a record with its scope and resource. Belongs to one thread. */
public interface Subject {

  /** Points to the text of a field; to an empty one where the record has none. */
  void text(Field field, Text into);

  /** The value of a field that is a number. */
  long number(Field field);

  /** Points to the value of the attribute with this key; false, and nothing done, without one. */
  boolean attribute(Attributes of, byte[] key, Text into);
}
