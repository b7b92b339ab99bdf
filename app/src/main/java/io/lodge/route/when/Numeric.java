package io.lodge.route.when;

import java.nio.charset.StandardCharsets;

/** A part of a condition that is a number: whole ones of 64 bits, others a double's bits. */
sealed interface Numeric {
  /** The value; any, after {@link Evaluation#fail}, where there is none. */
  long get(Evaluation in);

  Level level();

  record Constant(long value) implements Numeric {
    @Override
    public long get(Evaluation in) {
      return value;
    }

    @Override
    public Level level() {
      return Level.REQUEST;
    }
  }

  record OfField(Field field) implements Numeric {
    @Override
    public long get(Evaluation in) {
      return in.subject.number(field);
    }

    @Override
    public Level level() {
      return field.level();
    }
  }

  /** {@code size(text)}: in code points. */
  record Size(Words of) implements Numeric {
    @Override
    public long get(Evaluation in) {
      of.get(in, in.left);
      return in.left.codePoints();
    }

    @Override
    public Level level() {
      return of.level();
    }
  }

  /** {@code int(text)}. */
  record Whole(Words of) implements Numeric {
    /** Longer texts are no numbers of 64 bits. */
    private static final int DIGITS_MAX = 40;

    @Override
    public long get(Evaluation in) {
      of.get(in, in.left);
      if (in.left.length() <= DIGITS_MAX) {
        try {
          return Long.parseLong(ascii(in.left));
        } catch (NumberFormatException e) {
          in.fail();
          return 0;
        }
      }
      in.fail();
      return 0;
    }

    @Override
    public Level level() {
      return of.level();
    }
  }

  /** {@code double(text)}: its bits. */
  record Fraction(Words of) implements Numeric {
    /** Longer texts are not worth reading. */
    private static final int DIGITS_MAX = 1000;

    @Override
    public long get(Evaluation in) {
      of.get(in, in.left);
      if (in.left.length() <= DIGITS_MAX) {
        try {
          return Double.doubleToRawLongBits(Double.parseDouble(ascii(in.left)));
        } catch (NumberFormatException e) {
          in.fail();
          return 0;
        }
      }
      in.fail();
      return 0;
    }

    @Override
    public Level level() {
      return of.level();
    }
  }

  /** What is not ASCII is no digit either. */
  private static String ascii(Text text) {
    return new String(text.bytes(), text.from(), text.length(), StandardCharsets.ISO_8859_1);
  }
}
