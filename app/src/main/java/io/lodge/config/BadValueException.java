package io.lodge.config;

/** One value cannot be read. Becomes a {@link Fault} once its key and place are known. */
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  BadValueException(String problem, String remedy) {
    super(problem);
    this.problem = problem;
    this.remedy = remedy;
  }

  String problem() {
    return problem;
  }

  String remedy() {
    return remedy;
  }
}
