package io.lodge.decode.loki;

import io.lodge.block.ByteSink;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.rows.SourceFields;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One stream as found: its labels and where its entries lie. Entries may come before the labels, so
 * nothing is appended to columns before the stream ends. Reused; offsets follow {@link
 * AttributeSlices}.
 */
final class PushedStream {
  private static final int FIELDS = 6;

  /** Of all entries of one stream of one request: 16 MB of slices. */
  private static final int METADATA_MAX = 1 << 20;

  /** What had to be rendered for the stream, labels and entries. */
  final ByteSink text;

  final AttributeSlices labels;

  /** The structured metadata of all entries, one after the other. */
  final AttributeSlices metadata;

  /** Where the labels lie in the body as received; of no length where it has none. */
  int labelsFrom;

  int labelsLength;

  private long[] times = new long[64];
  private int[] fields = new int[FIELDS * 64];
  private int entries;

  /** What is wrong with the labels, in Loki's words; null if nothing is. */
  @Nullable String problem;

  /**
   * @param source what the labels become
   */
  PushedStream(SourceFields source) {
    text = source.text;
    labels = source.attributes;
    metadata = new AttributeSlices(text, METADATA_MAX);
  }

  /** Forgets all but the labels and the text, which are cleared with their source. */
  void clear() {
    metadata.clear();
    entries = 0;
    labelsFrom = 0;
    labelsLength = 0;
    problem = null;
  }

  /** Ends an entry whose metadata has been added. */
  void addEntry(
      long unixNanos, int lineAt, int lineLength, int rawFrom, int rawLength, int rawOffset) {
    if (entries == times.length) {
      times = Arrays.copyOf(times, entries * 2);
      fields = Arrays.copyOf(fields, entries * 2 * FIELDS);
    }
    times[entries] = unixNanos;
    int at = entries * FIELDS;
    fields[at] = lineAt;
    fields[at + 1] = lineLength;
    fields[at + 2] = metadata.count();
    fields[at + 3] = rawFrom;
    fields[at + 4] = rawLength;
    fields[at + 5] = rawOffset;
    entries++;
  }

  int entries() {
    return entries;
  }

  long unixNanos(int entry) {
    return times[entry];
  }

  int lineAt(int entry) {
    return fields[entry * FIELDS];
  }

  int lineLength(int entry) {
    return fields[entry * FIELDS + 1];
  }

  int metadataFrom(int entry) {
    return entry == 0 ? 0 : fields[entry * FIELDS - FIELDS + 2];
  }

  int metadataTo(int entry) {
    return fields[entry * FIELDS + 2];
  }

  int rawFrom(int entry) {
    return fields[entry * FIELDS + 3];
  }

  int rawLength(int entry) {
    return fields[entry * FIELDS + 4];
  }

  int rawOffset(int entry) {
    return fields[entry * FIELDS + 5];
  }

  /** The entry as it lies in the body. */
  Raw raw(int entry, byte[] body) {
    return new Raw(body, rawFrom(entry), rawLength(entry), rawOffset(entry));
  }
}
