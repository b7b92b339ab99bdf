package io.lodge.ship;

import java.util.Arrays;

/**
 * Cuts bytes into lines at {@code \n} or {@code \r\n}. Lines longer than the limit come out as
 * several parts, cut between UTF-8 characters: nothing is dropped. Not safe for several threads.
 */
final class LineSplitter {
  private final int lineBytesMax;
  private final Sink sink;
  private byte[] carried = new byte[8192];
  private int carriedLength;
  private int parts;

  /** Takes lines; the buffer of a line is valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void line(Line line) throws InterruptedException;
  }

  LineSplitter(int lineBytesMax, Sink sink) {
    this.lineBytesMax = lineBytesMax;
    this.sink = sink;
  }

  void feed(byte[] chunk, int length) throws InterruptedException {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        wholeLine(chunk, start, i - start);
        start = i + 1;
      }
    }
    carry(chunk, start, length - start);
  }

  /** True where bytes wait for their line break. */
  boolean isUnfinished() {
    return carriedLength > 0 || parts > 0;
  }

  /** The input has ended: a last line without a line break is a line. */
  void end() throws InterruptedException {
    if (isUnfinished()) {
      emitCarried();
    }
  }

  private void wholeLine(byte[] chunk, int from, int length) throws InterruptedException {
    if (isUnfinished() || length > lineBytesMax) {
      carry(chunk, from, length);
      if (carriedLength > 0 && carried[carriedLength - 1] == '\r') {
        carriedLength--;
      }
      emitCarried();
      return;
    }
    int end = length > 0 && chunk[from + length - 1] == '\r' ? length - 1 : length;
    sink.line(new Line(chunk, from, end, 0, true));
  }

  private void emitCarried() throws InterruptedException {
    sink.line(new Line(carried, 0, carriedLength, parts == 0 ? 0 : parts + 1, true));
    carriedLength = 0;
    parts = 0;
  }

  private void carry(byte[] chunk, int from, int length) throws InterruptedException {
    int at = from;
    int left = length;
    while (left > 0) {
      if (carriedLength == lineBytesMax) {
        emitPart();
      }
      int take = Math.min(left, lineBytesMax - carriedLength);
      if (carriedLength + take > carried.length) {
        int grown = Math.max(carriedLength + take, carried.length * 2);
        carried = Arrays.copyOf(carried, Math.min(grown, lineBytesMax));
      }
      System.arraycopy(chunk, at, carried, carriedLength, take);
      carriedLength += take;
      at += take;
      left -= take;
    }
  }

  private void emitPart() throws InterruptedException {
    int cut = Utf8.characterBoundary(carried, carriedLength);
    sink.line(new Line(carried, 0, cut, ++parts, false));
    System.arraycopy(carried, cut, carried, 0, carriedLength - cut);
    carriedLength -= cut;
  }
}
