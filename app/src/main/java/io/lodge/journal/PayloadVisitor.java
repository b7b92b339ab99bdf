package io.lodge.journal;

import io.lodge.model.Payload;

/** Sees the payloads of a segment in the order they were appended. */
@FunctionalInterface
public interface PayloadVisitor {
  /**
   * Sees one payload.
   *
   * @param payload its bytes are overwritten after the call
   * @throws Exception any checked exception says that the payload cannot be read, which makes the
   *     segment a damaged one; so this must not wait for anything that may be interrupted
   */
  void visit(Payload payload) throws Exception;
}
