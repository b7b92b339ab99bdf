package io.lodge.route.when;

/** A part of a condition that is text. */
sealed interface Words {
  void get(Evaluation in, Text into);

  Level level();

  /** Written in the condition. */
  record Constant(byte[] utf8) implements Words {
    @Override
    public void get(Evaluation in, Text into) {
      into.set(utf8, 0, utf8.length);
    }

    @Override
    public Level level() {
      return Level.REQUEST;
    }
  }

  record OfField(Field field) implements Words {
    @Override
    public void get(Evaluation in, Text into) {
      in.subject.text(field, into);
    }

    @Override
    public Level level() {
      return field.level();
    }
  }

  /** Without such an attribute empty, as from a map in ClickHouse. */
  record OfAttribute(Attributes of, byte[] key) implements Words {
    @Override
    public void get(Evaluation in, Text into) {
      if (!in.subject.attribute(of, key, into)) {
        into.setEmpty();
      }
    }

    @Override
    public Level level() {
      return of.level();
    }
  }
}
