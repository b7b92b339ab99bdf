package io.lodge.decode.rows;

import io.lodge.route.Destination;

/** Is shown every record that rules are tried on: by those who try rules. */
public interface RecordWatcher {

  /**
   * The record as it came.
   *
   * @param body the array that its non-negative offsets lie in
   */
  void before(RuledRecord record, byte[] body);

  /** The record that rules have dropped. */
  void dropped();

  /**
   * The record as it will be stored.
   *
   * @param to the lane, of log records
   * @param sampleRate how many records it stands for
   */
  void kept(RuledRecord record, byte[] body, Destination to, int sampleRate);
}
