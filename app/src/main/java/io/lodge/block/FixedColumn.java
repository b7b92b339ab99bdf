package io.lodge.block;

import java.time.Instant;
import java.util.Arrays;

/** Numbers of fixed width: integers, floating point and times. */
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

  public static FixedColumn uint16() {
    return new FixedColumn("UInt16", Short.BYTES);
  }

  public static FixedColumn int32() {
    return new FixedColumn("Int32", Integer.BYTES);
  }

  public static FixedColumn int64() {
    return new FixedColumn("Int64", Long.BYTES);
  }

  /** IEEE 754 doubles, bit for bit: a NaN's payload survives. */
  public static FixedColumn float64() {
    return new FixedColumn("Float64", Double.BYTES);
  }

  /** 0 and 1. */
  public static FixedColumn bool() {
    return new FixedColumn("Bool", 1);
  }

  /** The two longs of a UUID, the upper one first. */
  public static FixedColumn uuid() {
    return new FixedColumn("UUID", 2 * Long.BYTES);
  }

  /** Hundred-millionths, such as of a dollar. */
  public static FixedColumn decimal64() {
    return new FixedColumn("Decimal(18, 8)", Long.BYTES);
  }

  /** Days since 1970. */
  public static FixedColumn date() {
    return new FixedColumn("Date", Short.BYTES);
  }

  /** Seconds since 1970, unsigned. */
  public static FixedColumn dateTime() {
    return new FixedColumn("DateTime", Integer.BYTES);
  }

  /** Milliseconds since 1970. */
  public static FixedColumn dateTime64Millis() {
    return new FixedColumn("DateTime64(3)", Long.BYTES);
  }

  /** Nanoseconds since 1970. */
  public static FixedColumn dateTime64Nanos() {
    return new FixedColumn("DateTime64(9)", Long.BYTES);
  }

  public void putByte(int value) {
    data.putByte(value);
  }

  public void putShort(int value) {
    data.putByte(value);
    data.putByte(value >> 8);
  }

  public void putInt(int value) {
    data.putInt(value);
  }

  public void putLong(long value) {
    data.putLong(value);
  }

  /** Appends the bits as they are, also those of any NaN. */
  public void putDouble(double value) {
    data.putLong(Double.doubleToRawLongBits(value));
  }

  /** Appends the same value {@code times} times. */
  public void fillBytes(int value, int times) {
    int at = data.grow(times);
    Arrays.fill(data.array(), at, at + times, (byte) value);
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

  /**
   * How many of these times lie before another.
   *
   * @throws IllegalStateException if the column holds no times
   */
  public int countBefore(Instant time) {
    return countBefore(time, 0);
  }

  /**
   * How many of the times since the mark lie before another.
   *
   * @throws IllegalStateException if the column holds no times
   */
  public int countBeforeSinceMark(Instant time) {
    return countBefore(time, marked);
  }

  /**
   * The number of this row, in a column of 64-bit numbers.
   *
   * @throws IllegalStateException if the column holds others
   */
  public long longAt(int row) {
    if (widthBytes != Long.BYTES) {
      throw new IllegalStateException("a column of " + type + " holds no longs");
    }
    return LittleEndian.getLong(data.array(), row * Long.BYTES);
  }

  private int countBefore(Instant time, int fromByte) {
    long limit =
        switch (type) {
          case "DateTime64(9)" -> time.getEpochSecond() * 1_000_000_000L + time.getNano();
          case "DateTime64(3)" -> time.toEpochMilli();
          case "DateTime" -> time.getEpochSecond();
          default -> throw new IllegalStateException("a column of " + type + " holds no times");
        };
    int before = 0;
    for (int at = fromByte; at < data.length(); at += widthBytes) {
      long value =
          widthBytes == Long.BYTES
              ? LittleEndian.getLong(data.array(), at)
              : LittleEndian.getInt(data.array(), at) & 0xFFFF_FFFFL;
      before += value < limit ? 1 : 0;
    }
    return before;
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
  public FixedColumn copy(int from, int to) {
    FixedColumn copy = new FixedColumn(type, widthBytes);
    copy.data.putBytes(data.array(), from * widthBytes, (to - from) * widthBytes);
    return copy;
  }

  /** Where arrays end that are copied from {@code from} on: counted from the first of them. */
  FixedColumn copyEnds(int from, int to) {
    FixedColumn copy = new FixedColumn(type, widthBytes);
    long before = startOf(from);
    for (int row = from; row < to; row++) {
      copy.putLong(longAt(row) - before);
    }
    return copy;
  }

  /** Where the array of a row starts, if this column says where each ends. */
  int startOf(int row) {
    return row == 0 ? 0 : Math.toIntExact(longAt(row - 1));
  }

  @Override
  public void writePrefix(FrameWriter out) {}

  @Override
  public void writeData(FrameWriter out) {
    out.write(data.array(), 0, data.length());
  }
}
