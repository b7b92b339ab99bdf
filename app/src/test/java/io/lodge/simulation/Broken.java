package io.lodge.simulation;

/** A promise that was not kept. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1;

  private final Promise promise;

  Broken(Promise promise, String what) {
    super(promise + ": " + what);
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }
}
