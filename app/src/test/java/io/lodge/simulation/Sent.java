package io.lodge.simulation;

import io.lodge.model.Payload;
import java.util.List;

/** A request's body, and what became of it. */
final class Sent {
  /** What the client knows. */
  enum State {
    /** Waits for its answer. */
    SENT,
    ACKNOWLEDGED,
    /** Told to come again: nothing of it is kept. */
    REFUSED,
    /** Cannot be read: nothing of it is kept. */
    MALFORMED,
    /** The gateway died before it answered. */
    UNANSWERED
  }

  private final int number;
  private final Payload payload;
  private final List<String> rows;
  private final int dead;
  private final boolean readable;
  private State state = State.SENT;
  private int rulesAtAnswer;

  /**
   * @param rows the names of the rows it becomes
   * @param dead how many of them are dead letters
   * @param readable whether a decoder can read it
   */
  Sent(int number, Payload payload, List<String> rows, int dead, boolean readable) {
    this.number = number;
    this.payload = payload;
    this.rows = rows;
    this.dead = dead;
    this.readable = readable;
  }

  int number() {
    return number;
  }

  Payload payload() {
    return payload;
  }

  List<String> rows() {
    return rows;
  }

  int dead() {
    return dead;
  }

  boolean readable() {
    return readable;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  int rulesAtAnswer() {
    return rulesAtAnswer;
  }

  void acknowledged(int rules) {
    state = State.ACKNOWLEDGED;
    rulesAtAnswer = rules;
  }

  /** What stands in each of its records, and so wherever its bytes are. */
  static String mark(int number) {
    return "p" + number + ".";
  }
}
