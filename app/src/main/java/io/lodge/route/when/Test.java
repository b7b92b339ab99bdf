package io.lodge.route.when;

import com.google.re2j.Pattern;
import java.util.List;

/** A part of a condition that holds or not. Immutable. */
sealed interface Test {
  Truth of(Evaluation in);

  Level level();

  record Constant(boolean value) implements Test {
    @Override
    public Truth of(Evaluation in) {
      return Truth.of(value);
    }

    @Override
    public Level level() {
      return Level.REQUEST;
    }
  }

  record And(Test left, Test right) implements Test {
    @Override
    public Truth of(Evaluation in) {
      Truth first = left.of(in);
      return first == Truth.FALSE ? first : first.and(right.of(in));
    }

    @Override
    public Level level() {
      return left.level().or(right.level());
    }
  }

  record Or(Test left, Test right) implements Test {
    @Override
    public Truth of(Evaluation in) {
      Truth first = left.of(in);
      return first == Truth.TRUE ? first : first.or(right.of(in));
    }

    @Override
    public Level level() {
      return left.level().or(right.level());
    }
  }

  record Not(Test of) implements Test {
    @Override
    public Truth of(Evaluation in) {
      return of.of(in).not();
    }

    @Override
    public Level level() {
      return of.level();
    }
  }

  /** {@code when ? then : otherwise}. */
  record Choice(Test when, Test then, Test otherwise) implements Test {
    @Override
    public Truth of(Evaluation in) {
      return switch (when.of(in)) {
        case TRUE -> then.of(in);
        case FALSE -> otherwise.of(in);
        case FAILED -> Truth.FAILED;
      };
    }

    @Override
    public Level level() {
      return when.level().or(then.level()).or(otherwise.level());
    }
  }

  record TextIs(Comparison how, Words left, Words right) implements Test {
    @Override
    public Truth of(Evaluation in) {
      left.get(in, in.left);
      right.get(in, in.right);
      return switch (how) {
        case EQUAL -> Truth.of(in.left.is(in.right));
        case UNEQUAL -> Truth.of(!in.left.is(in.right));
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
            Truth.of(how.holds(in.left.compareTo(in.right)));
      };
    }

    @Override
    public Level level() {
      return left.level().or(right.level());
    }
  }

  record NumberIs(Comparison how, Numeric left, Numeric right, boolean whole) implements Test {
    @Override
    public Truth of(Evaluation in) {
      long first = left.get(in);
      long second = right.get(in);
      if (in.takeFailure()) {
        return Truth.FAILED;
      }
      return Truth.of(
          whole
              ? how.holds(Long.compare(first, second))
              : how.holds(Double.longBitsToDouble(first), Double.longBitsToDouble(second)));
    }

    @Override
    public Level level() {
      return left.level().or(right.level());
    }
  }

  /** {@code text in [...]}. */
  record TextIn(Words text, List<Words> list) implements Test {
    @Override
    public Truth of(Evaluation in) {
      text.get(in, in.left);
      for (Words item : list) {
        item.get(in, in.right);
        if (in.left.is(in.right)) {
          return Truth.TRUE;
        }
      }
      return Truth.FALSE;
    }

    @Override
    public Level level() {
      Level level = text.level();
      for (Words item : list) {
        level = level.or(item.level());
      }
      return level;
    }
  }

  /** {@code number in [...]}. */
  record NumberIn(Numeric number, List<Numeric> list, boolean whole) implements Test {
    @Override
    public Truth of(Evaluation in) {
      Truth any = Truth.FALSE;
      for (Numeric item : list) {
        any = any.or(new NumberIs(Comparison.EQUAL, number, item, whole).of(in));
      }
      return any;
    }

    @Override
    public Level level() {
      Level level = number.level();
      for (Numeric item : list) {
        level = level.or(item.level());
      }
      return level;
    }
  }

  /** {@code "key" in attributes}, {@code has(attributes.key)}. */
  record Has(Attributes of, byte[] key) implements Test {
    @Override
    public Truth of(Evaluation in) {
      return Truth.of(in.subject.attribute(of, key, in.left));
    }

    @Override
    public Level level() {
      return of.level();
    }
  }

  record Part(Place place, Words text, Words part) implements Test {
    @Override
    public Truth of(Evaluation in) {
      text.get(in, in.left);
      part.get(in, in.right);
      return Truth.of(
          switch (place) {
            case START -> in.left.beginsWith(in.right);
            case END -> in.left.endsIn(in.right);
            case ANYWHERE -> in.left.contains(in.right);
          });
    }

    @Override
    public Level level() {
      return text.level().or(part.level());
    }
  }

  /** Where a part of a text is looked for. */
  enum Place {
    START,
    END,
    ANYWHERE
  }

  /**
   * {@code text.matches("pattern")}: RE2, whose time is linear in the text. Attributes that are not
   * there are tried most often, so what the empty text gives is known beforehand.
   */
  record Matches(Words text, Pattern pattern, Truth ofEmpty) implements Test {
    Matches(Words text, Pattern pattern) {
      this(text, pattern, Truth.of(pattern.matcher("").find()));
    }

    @Override
    public Truth of(Evaluation in) {
      text.get(in, in.left);
      if (in.left.length() == 0) {
        return ofEmpty;
      }
      return Truth.of(pattern.matcher(in.left.copy()).find());
    }

    @Override
    public Level level() {
      return text.level();
    }
  }
}
