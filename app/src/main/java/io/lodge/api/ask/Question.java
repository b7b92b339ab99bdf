package io.lodge.api.ask;

import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import tools.jackson.core.JsonGenerator;

/**
 * What was asked, and what it may take.
 *
 * @param body of the request as text; empty for GET
 */
record Question(Parameters parameters, String body, Execution execution) {

  /** Answers at once. */
  @FunctionalInterface
  interface Whole {
    Answer answer(Question question) throws QueryFault, InterruptedException;
  }

  /** Answers line by line. */
  @FunctionalInterface
  interface Streamed {
    /** A fault before the first line is an error answer, a later one the last line. */
    void answer(Question question, Lines out) throws QueryFault, InterruptedException;
  }

  /**
   * A whole answer.
   *
   * @param data writes the value of {@code data}
   * @param truncated whether there is more than it shows
   */
  record Answer(Data data, boolean truncated) {
    static Answer of(Data data) {
      return new Answer(data, false);
    }
  }

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Data {
    void write(JsonGenerator json);
  }
}
