package io.lodge.block;

/** Numbers of fixed width: integers and times. */
public final class FixedColumn implements Column {
  private static final int KEEP_BYTES = 4 << 20;

  private final String type;
  private final int widthBytes;
  private final ByteSink data = new ByteSink(4096);
  private int marked;

  private FixedColumn(String type, int widthBytes) {
    this.type = type;
    this.widthBytes = widthBytes;
  }

  public static FixedColumn uint8() {
    return new FixedColumn("UInt8", 1);
  }

  public static FixedColumn uint32() {
    return new FixedColumn("UInt32", Integer.BYTES);
  }

  public static FixedColumn uint64() {
    return new FixedColumn("UInt64", Long.BYTES);
  }

  /** Nanoseconds since 1970. */
  public static FixedColumn dateTime64Nanos() {
    return new FixedColumn("DateTime64(9)", Long.BYTES);
  }

  public void putByte(int value) {
    data.putByte(value);
  }

  public void putInt(int value) {
    data.putInt(value);
  }

  public void putLong(long value) {
    data.putLong(value);
  }

  /** Appends the same value {@code times} times. */
  public void fillInts(int value, int times) {
    int at = data.grow(Math.multiplyExact(times, Integer.BYTES));
    byte[] target = data.array();
    for (int i = 0; i < times; i++) {
      LittleEndian.putInt(target, at + i * Integer.BYTES, value);
    }
  }

  /** Appends the same value {@code times} times. */
  public void fillLongs(long value, int times) {
    fillLongs(value, 0, times);
  }

  /** Appends {@code times} values, each {@code step} more than the one before. */
  void fillLongs(long first, long step, int times) {
    int at = data.grow(Math.multiplyExact(times, Long.BYTES));
    byte[] target = data.array();
    long value = first;
    for (int i = 0; i < times; i++) {
      LittleEndian.putLong(target, at + i * Long.BYTES, value);
      value += step;
    }
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public int rows() {
    return data.length() / widthBytes;
  }

  @Override
  public void mark() {
    marked = data.length();
  }

  @Override
  public void rollback() {
    data.truncate(marked);
  }

  @Override
  public void clear() {
    data.clear(KEEP_BYTES);
    marked = 0;
  }

  @Override
  public long sizeBytes() {
    return data.length();
  }

  @Override
  public void writePrefix(FrameWriter out) {}

  @Override
  public void writeData(FrameWriter out) {
    out.write(data.array(), 0, data.length());
  }
}
