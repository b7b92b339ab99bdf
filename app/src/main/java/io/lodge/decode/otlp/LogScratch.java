package io.lodge.decode.otlp;

import java.util.Arrays;

/** What a reader of logs keeps from payload to payload: memory, and guesses that cost nothing. */
final class LogScratch {
  /** The present resource and scope. */
  final SourceFields resource = new SourceFields();

  final SourceFields scope = new SourceFields();
  final SourceContext context = new SourceContext();

  /** The key of the last severity text. */
  int severityKey;

  /**
   * The keys of the last record's attributes by position: records of a program are alike, and its
   * next one most likely has the same.
   */
  private int[] keyGuesses = new int[32];

  int[] keyGuesses(int count) {
    if (count > keyGuesses.length) {
      keyGuesses = Arrays.copyOf(keyGuesses, count * 2);
    }
    return keyGuesses;
  }
}
