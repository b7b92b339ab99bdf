package io.lodge.route.when;

/** The memory of a thread that tests conditions. */
public final class Evaluation {
  final Subject subject;
  final Text left = new Text();
  final Text right = new Text();

  /** Whether a number could not be made since the last {@link #takeFailure}. */
  private boolean failed;

  public Evaluation(Subject subject) {
    this.subject = subject;
  }

  void fail() {
    failed = true;
  }

  boolean takeFailure() {
    boolean was = failed;
    failed = false;
    return was;
  }
}
