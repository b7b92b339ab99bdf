package io.lodge.bucket;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects by name. An object is there whole or not at all, and once a call that made it has
 * returned, every reader sees it. Thread-safe; calls block, for as long as the bucket's timeouts
 * allow, and can be interrupted on virtual threads.
 *
 * <p>Every call throws a {@link BucketFault} when the bucket does not do it. Of a call that failed
 * it is not known whether it was done: all of them may be made again.
 */
public interface Bucket extends AutoCloseable {
  /**
   * Makes an object if there is none of this name. The bytes are checked on their way: those of an
   * object that was made are those of the content.
   *
   * @return false if there is one, which then is as before
   * @throws IOException also if the content cannot be read
   */
  boolean putIfAbsent(String name, Content content) throws IOException;

  /**
   * Writes the bytes of an object to a stream, which stays open.
   *
   * @return false if there is no such object
   * @throws IOException also what the stream throws; what was written until then is a part
   */
  boolean get(String name, OutputStream to) throws IOException;

  /** What is known of an object without its bytes; empty if there is none. */
  Optional<StoredObject> find(String name) throws BucketFault;

  /** Shows all objects whose names begin so, by name. */
  void list(String prefix, Consumer<StoredObject> visitor) throws BucketFault;

  /** Makes an object of the bytes of another, inside the bucket; over what has that name. */
  void copy(String from, String to) throws BucketFault;

  /** Removes an object if it is there. */
  void delete(String name) throws BucketFault;

  @Override
  void close();
}
