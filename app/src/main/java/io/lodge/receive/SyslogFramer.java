package io.lodge.receive;

import io.lodge.model.SyslogFrame;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds messages in the bytes of one connection (RFC 6587), each framed in its own way: octet
 * counting where it begins with a count, a space and {@code <}, else up to a line feed. (The RFC
 * goes by the first digit alone; a line that begins with a date must not swallow those after it.)
 *
 * <p>A message over the limit is cut, and the rest of it is skipped. Nothing is copied here. One
 * event loop.
 */
final class SyslogFramer {
  /** Found at a time: bounds what one payload holds. */
  private static final int MESSAGES_MAX = 4096;

  private static final int BATCH_BYTES = 256 << 10;

  /** Digits of a count: anything longer is no count. */
  private static final int COUNT_DIGITS_MAX = 9;

  private static final int NO_COUNT = 0;
  private static final int UNDECIDED = -1;

  private final int messageBytesMax;
  private int[] starts = new int[64];
  private int[] lengths = new int[64];
  private int count;
  private int bytesFound;
  private int cut;

  /** Bytes of a cut message that are still to come and go nowhere. */
  private int skipBytes;

  private boolean skipLine;

  /** How far the unfinished line at the reader index has been searched for its end. */
  private int searched;

  /** The octets of the message at hand. */
  private int octets;

  /**
   * @param messageBytesMax longer messages are cut
   */
  SyslogFramer(int messageBytesMax) {
    this.messageBytesMax = messageBytesMax;
  }

  /**
   * Finds the next messages: {@link #count} of them, at absolute indexes of {@code in}.
   *
   * @param ended whether no more bytes will come: then what is unfinished is a message too
   * @return the index up to which the bytes have been dealt with
   */
  int find(ByteBuf in, boolean ended) {
    count = 0;
    bytesFound = 0;
    cut = 0;
    int at = in.readerIndex();
    while (count < MESSAGES_MAX && bytesFound < BATCH_BYTES) {
      at = skip(in, at);
      int header = at == in.writerIndex() ? UNDECIDED : countAt(in, at);
      if (at == in.writerIndex() || (header == UNDECIDED && !ended)) {
        return at;
      }
      int next = header > 0 ? counted(in, at + header, ended) : line(in, at, ended);
      if (next < 0) {
        return at;
      }
      at = next;
      searched = 0;
    }
    return at;
  }

  /** Behind what is left of a cut message, and line feeds that some senders put after a count. */
  private int skip(ByteBuf in, int from) {
    int at = from;
    int skipped = Math.min(skipBytes, in.writerIndex() - at);
    at += skipped;
    skipBytes -= skipped;
    if (skipLine) {
      int end = in.indexOf(at, in.writerIndex(), (byte) '\n');
      skipLine = end < 0;
      at = end < 0 ? in.writerIndex() : end;
    }
    while (at < in.writerIndex() && in.getByte(at) == '\n') {
      at++;
    }
    return at;
  }

  /** The length of a count with its space; sets {@link #octets}. */
  private int countAt(ByteBuf in, int from) {
    int value = 0;
    int at = from;
    int limit = from + COUNT_DIGITS_MAX;
    while (at < limit && at < in.writerIndex() && isDigit(in.getByte(at))) {
      value = value * 10 + in.getByte(at++) - '0';
    }
    if (at == from || in.getByte(from) == '0') {
      return NO_COUNT;
    }
    if (at + 1 >= in.writerIndex()) {
      return at < limit && (at == in.writerIndex() || in.getByte(at) == ' ') ? UNDECIDED : NO_COUNT;
    }
    octets = value;
    return in.getByte(at) == ' ' && in.getByte(at + 1) == '<' ? at + 1 - from : NO_COUNT;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Takes a counted message; returns the index behind it, or -1 if more bytes are needed. */
  private int counted(ByteBuf in, int start, boolean ended) {
    int here = in.writerIndex() - start;
    int wanted = Math.min(octets, messageBytesMax);
    if (here < wanted && !ended) {
      return -1;
    }
    int length = Math.min(here, wanted);
    add(in, start, length, length < octets);
    skipBytes = octets - length;
    return start + length;
  }

  /** Takes a line; returns the index behind it, or -1 if more bytes are needed. */
  private int line(ByteBuf in, int start, boolean ended) {
    int end = in.indexOf(start + searched, in.writerIndex(), (byte) '\n');
    int length = (end < 0 ? in.writerIndex() : end) - start;
    if (length > messageBytesMax) {
      add(in, start, messageBytesMax, true);
      skipLine = true;
      return start + messageBytesMax;
    }
    if (end < 0 && !ended) {
      searched = length;
      return -1;
    }
    add(in, start, length, false);
    return start + length;
  }

  /** Without the line ends and zero bytes that senders put at the end; empty ones are none. */
  private void add(ByteBuf in, int start, int length, boolean isCut) {
    int trimmed = isCut ? length : trimmed(in, start, length);
    if (trimmed == 0) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    starts[count] = start;
    lengths[count] = isCut ? trimmed | SyslogFrame.CUT : trimmed;
    count++;
    cut += isCut ? 1 : 0;
    bytesFound += SyslogFrame.HEADER_BYTES + trimmed;
  }

  /** The length of a message without the line end and zero bytes behind it. */
  static int trimmed(ByteBuf in, int start, int length) {
    int end = start + length;
    while (end > start && isEnding(in.getByte(end - 1))) {
      end--;
    }
    return end - start;
  }

  private static boolean isEnding(byte b) {
    return b == '\n' || b == '\r' || b == 0;
  }

  /** Messages found. */
  int count() {
    return count;
  }

  /** How many of them are cut. */
  int cut() {
    return cut;
  }

  /** What they take as frames. */
  int bytesFound() {
    return bytesFound;
  }

  /** Copies the messages found into a body that has room for them. */
  void copyTo(ByteBuf in, Body body) {
    for (int i = 0; i < count; i++) {
      body.appendInt(lengths[i]);
      body.append(in, starts[i], lengths[i] & ~SyslogFrame.CUT);
    }
  }
}
