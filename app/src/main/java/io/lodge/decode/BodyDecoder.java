package io.lodge.decode;

import io.lodge.decode.Decompressor.Body;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;

/**
 * The reader of one kind of body: its records → rows in lanes. A pure function of body and payload,
 * for a segment is decoded again after a restart. Reused from payload to payload, with its scratch
 * memory; belongs to one thread.
 */
public interface BodyDecoder {

  /**
   * Appends every record to a lane: its table's, or the dead letters.
   *
   * @param body the plain body; non-negative offsets in its reader lie in its array
   * @param decoded to which this adds what came of the records
   * @throws MalformedPayloadException if the body is not what its kind says; rows may have been
   *     appended by then, and the caller rolls the lanes back
   */
  void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException;
}
