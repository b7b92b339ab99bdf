package io.lodge.simulation;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.bucket.Content;
import io.lodge.bucket.SimulatedBucket;
import io.lodge.bucket.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A bucket that takes its time: others take steps before each call is done. */
record BucketInSteps(World world, SimulatedBucket bucket) implements Bucket {
  private SimulatedBucket after(String verb, String name) {
    world.note("    bucket: %s %s", verb, name);
    if (world.oneIn(3)) {
      world.others(2);
    }
    return bucket;
  }

  @Override
  public boolean putIfAbsent(String name, Content content) throws IOException {
    return after("put", name).putIfAbsent(name, content);
  }

  @Override
  public boolean get(String name, OutputStream to) throws IOException {
    return after("get", name).get(name, to);
  }

  @Override
  public Optional<StoredObject> find(String name) throws BucketFault {
    return after("find", name).find(name);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> visitor) throws BucketFault {
    after("list", prefix).list(prefix, visitor);
  }

  @Override
  public void copy(String from, String to) throws BucketFault {
    after("copy", from).copy(from, to);
  }

  @Override
  public void delete(String name) throws BucketFault {
    after("delete", name).delete(name);
  }

  @Override
  public void close() {}
}
