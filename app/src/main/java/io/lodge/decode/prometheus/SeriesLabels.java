package io.lodge.decode.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.Utf8;
import java.util.Arrays;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series: found, checked, and named by a number.
 *
 * <p>The id is xxHash64 (seed 0) of the tenant's name and all labels in their order, each text
 * followed by a byte 255, which no UTF-8 has. It is the same in every process and for ever, and
 * ClickHouse's {@code xxHash64} finds it too. Only ids of one metric must differ: among n series of
 * a metric two share one with a chance of n² / 2^65, for ten million series 1 in 370,000.
 */
final class SeriesLabels {
  private static final byte[] NAME = "__name__".getBytes(UTF_8);

  private final AttributeSlices slices = new AttributeSlices(new ByteSink(0));
  private final ByteSink canonical = new ByteSink(1024);
  private final XXHash64 hash = XXHashFactory.fastestInstance().hash64();

  /** The label {@code __name__}; -1 if there is none. */
  private int name;

  /** With the same hash function. */
  SeriesCache cache() {
    return new SeriesCache(hash);
  }

  AttributeSlices slices() {
    return slices;
  }

  void clear() {
    slices.clear();
  }

  /** What is wrong with the labels; null if nothing is. The series then has a metric. */
  @Nullable String problem(byte[] body) {
    name = -1;
    for (int i = 0; i < slices.count(); i++) {
      int at = slices.keyAt(i);
      int length = slices.keyLength(i);
      if (length == 0) {
        return "invalid labels: a label has an empty name";
      }
      if (!Utf8.isValid(body, at, length)
          || !Utf8.isValid(body, slices.valueAt(i), slices.valueLength(i))) {
        return "invalid labels: label '%s' is not UTF-8".formatted(keyText(body, i));
      }
      int order = i == 0 ? 1 : compare(body, i);
      if (order == 0) {
        return "invalid labels: label '%s' is there twice".formatted(keyText(body, i));
      }
      if (order < 0) {
        return "invalid labels: label '%s' is not in order, labels are sorted by name"
            .formatted(keyText(body, i));
      }
      if (Arrays.equals(body, at, at + length, NAME, 0, NAME.length)) {
        name = i;
      }
    }
    return name < 0 || slices.valueLength(name) == 0
        ? "invalid labels: no metric name, __name__ is missing"
        : null;
  }

  /** Finds the metric's name, which is the first label of a tidy sender. */
  void findName(byte[] body) {
    name = -1;
    for (int i = 0; i < slices.count() && name < 0; i++) {
      int at = slices.keyAt(i);
      if (Arrays.equals(body, at, at + slices.keyLength(i), NAME, 0, NAME.length)) {
        name = i;
      }
    }
  }

  int nameAt() {
    return slices.valueAt(name);
  }

  int nameLength() {
    return slices.valueLength(name);
  }

  /** Whether the label is stored with the series: the name has a column, an empty value is none. */
  boolean isStored(int label) {
    return label != name && slices.valueLength(label) > 0;
  }

  long id(byte[] tenant, byte[] body) {
    canonical.clear(1 << 20);
    put(tenant, 0, tenant.length);
    for (int i = 0; i < slices.count(); i++) {
      if (slices.valueLength(i) > 0) {
        put(body, slices.keyAt(i), slices.keyLength(i));
        put(body, slices.valueAt(i), slices.valueLength(i));
      }
    }
    return hash.hash(canonical.array(), 0, canonical.length(), 0);
  }

  private void put(byte[] bytes, int at, int length) {
    canonical.putBytes(bytes, at, length);
    canonical.putByte(0xFF);
  }

  /** How a label's name stands to that of the one before. */
  private int compare(byte[] body, int label) {
    int at = slices.keyAt(label);
    int before = slices.keyAt(label - 1);
    return Arrays.compareUnsigned(
        body, at, at + slices.keyLength(label), body, before, before + slices.keyLength(label - 1));
  }

  private String keyText(byte[] body, int label) {
    return new String(body, slices.keyAt(label), slices.keyLength(label), UTF_8);
  }
}
