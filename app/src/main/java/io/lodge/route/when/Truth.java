package io.lodge.route.when;

/** What came of a test. CEL: false wins over a failure in a conjunction, true in a disjunction. */
public enum Truth {
  FALSE,
  TRUE,
  /** The test has no answer, such as for {@code int("x")}. */
  FAILED;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE ? other : FAILED;
  }

  Truth or(Truth other) {
    if (this == TRUE || other == TRUE) {
      return TRUE;
    }
    return this == FALSE ? other : FAILED;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case TRUE -> FALSE;
      case FAILED -> FAILED;
    };
  }
}
