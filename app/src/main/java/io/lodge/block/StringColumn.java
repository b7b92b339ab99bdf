package io.lodge.block;

/** Strings: any bytes, valid UTF-8 or not. */
public final class StringColumn implements Column {
  private static final int KEEP_BYTES = 48 << 20;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final ByteSink data = new ByteSink(4096);
  private int rows;
  private int markedBytes;
  private int markedRows;

  public void put(byte[] bytes, int offset, int length) {
    data.putString(bytes, offset, length);
    rows++;
  }

  public void putEmpty() {
    data.putByte(0);
    rows++;
  }

  /** Appends the bytes as lower-case hexadecimal text: how trace and span ids are stored. */
  public void putHex(byte[] bytes, int offset, int length) {
    data.putVarint(length * 2);
    int at = data.grow(length * 2);
    byte[] target = data.array();
    for (int i = offset; i < offset + length; i++) {
      target[at++] = HEX[(bytes[i] >> 4) & 0xF];
      target[at++] = HEX[bytes[i] & 0xF];
    }
    rows++;
  }

  @Override
  public String type() {
    return "String";
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void mark() {
    markedBytes = data.length();
    markedRows = rows;
  }

  @Override
  public void rollback() {
    data.truncate(markedBytes);
    rows = markedRows;
  }

  @Override
  public void clear() {
    data.clear(KEEP_BYTES);
    rows = 0;
    mark();
  }

  @Override
  public long sizeBytes() {
    return data.length();
  }

  @Override
  public StringColumn copy(int from, int to) {
    int start = skip(0, from);
    int end = skip(start, to - from);
    StringColumn copy = new StringColumn();
    copy.data.putBytes(data.array(), start, end - start);
    copy.rows = to - from;
    return copy;
  }

  /** Where the string lies that comes {@code count} strings after the one at {@code at}. */
  private int skip(int at, int count) {
    byte[] bytes = data.array();
    int next = at;
    for (int i = 0; i < count; i++) {
      int length = 0;
      int shift = 0;
      while (bytes[next] < 0) {
        length |= (bytes[next++] & 0x7F) << shift;
        shift += 7;
      }
      length |= bytes[next++] << shift;
      next += length;
    }
    return next;
  }

  @Override
  public void writePrefix(FrameWriter out) {}

  @Override
  public void writeData(FrameWriter out) {
    out.write(data.array(), 0, data.length());
  }
}
