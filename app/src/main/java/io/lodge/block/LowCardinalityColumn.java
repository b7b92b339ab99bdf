package io.lodge.block;

/**
 * {@code LowCardinality(String)}: a dictionary of the block's distinct values and a key per row.
 */
public final class LowCardinalityColumn implements Column {
  private static final int KEEP_KEYS = 4 << 20;

  /**
   * Serialization version: the keys come with their dictionary
   * (SharedDictionariesWithAdditionalKeys).
   */
  private static final long VERSION = 1;

  /**
   * Flags: a dictionary follows (bit 9) and replaces any before (bit 10); the low byte is the key
   * width.
   */
  private static final long HAS_DICTIONARY = 0x600;

  private final Dictionary dictionary = new Dictionary();
  private final IntSink keys = new IntSink(1024);
  private int markedKeys;
  private int markedValues = 1;

  /** The key of this value in the present block; valid until a rollback behind it or a clear. */
  public int keyOf(byte[] bytes, int offset, int length) {
    return dictionary.indexOf(bytes, offset, length);
  }

  public void put(byte[] bytes, int offset, int length) {
    keys.put(dictionary.indexOf(bytes, offset, length));
  }

  /**
   * Appends a value that probably is the one with the key {@code guess}: to compare costs less than
   * to look up.
   *
   * @param guess any key from 0, also of a block before
   * @return the value's key: a guess for a row that is alike
   */
  public int put(byte[] bytes, int offset, int length, int guess) {
    int key =
        guess < dictionary.size() && dictionary.holds(guess, bytes, offset, length)
            ? guess
            : dictionary.indexOf(bytes, offset, length);
    keys.put(key);
    return key;
  }

  /** Appends the value with this key {@code times} times. */
  public void putKey(int key, int times) {
    keys.fill(key, times);
  }

  /** Appends the values with these keys, all of them {@code times} times. */
  public void putKeys(int[] source, int count, int times) {
    keys.putAll(source, 0, count, times);
  }

  /** The value with this key, as text. */
  public String textOf(int key) {
    return dictionary.textOf(key);
  }

  /** How many values the present block has, the empty one among them: their keys are below. */
  public int keysUsed() {
    return dictionary.size();
  }

  /** The row that was appended first since the mark. */
  public int markedRow() {
    return markedKeys;
  }

  /** The key of a row's value. */
  public int keyAt(int row) {
    return keys.array()[row];
  }

  /**
   * Counts the rows since the mark by value: run by run, for rows of a source lie together.
   *
   * @param counts a count for each key, to which this adds; at least {@link #keysUsed} long
   */
  public void countSinceMark(long[] counts) {
    int[] all = keys.array();
    int end = keys.length();
    for (int from = markedKeys; from < end; ) {
      int key = all[from];
      int to = from + 1;
      while (to < end && all[to] == key) {
        to++;
      }
      counts[key] += to - from;
      from = to;
    }
  }

  @Override
  public String type() {
    return "LowCardinality(String)";
  }

  @Override
  public int rows() {
    return keys.length();
  }

  @Override
  public void mark() {
    markedKeys = keys.length();
    markedValues = dictionary.size();
  }

  @Override
  public void rollback() {
    keys.truncate(markedKeys);
    dictionary.truncate(markedValues);
  }

  @Override
  public void clear() {
    keys.clear(KEEP_KEYS);
    dictionary.clear();
    mark();
  }

  @Override
  public long sizeBytes() {
    return dictionary.values().length() + (long) keys.length() * keyWidthBytes();
  }

  /** A copy of the value of a row. */
  public byte[] valueAt(int row) {
    return dictionary.valueAt(keys.array()[row]);
  }

  /** Its dictionary has only the values of these rows. */
  @Override
  public LowCardinalityColumn copy(int from, int to) {
    LowCardinalityColumn copy = new LowCardinalityColumn();
    for (int row = from; row < to; row++) {
      copy.keys.put(dictionary.copyValue(keys.array()[row], copy.dictionary));
    }
    return copy;
  }

  @Override
  public void writePrefix(FrameWriter out) {
    out.writeLong(VERSION);
  }

  @Override
  public void writeData(FrameWriter out) {
    if (keys.length() == 0) {
      // ClickHouse reads nothing for a column without rows, such as the keys of maps that are all
      // empty.
      return;
    }
    int width = keyWidthBytes();
    out.writeLong(HAS_DICTIONARY | Integer.numberOfTrailingZeros(width));
    out.writeLong(dictionary.size());
    out.write(dictionary.values().array(), 0, dictionary.values().length());
    out.writeLong(keys.length());
    switch (width) {
      case 1 -> out.writeLowBytes(keys.array(), keys.length());
      case 2 -> out.writeLowShorts(keys.array(), keys.length());
      default -> out.writeInts(keys.array(), keys.length());
    }
  }

  private int keyWidthBytes() {
    int largest = dictionary.size() - 1;
    return largest <= 0xFF ? 1 : largest <= 0xFFFF ? 2 : Integer.BYTES;
  }
}
