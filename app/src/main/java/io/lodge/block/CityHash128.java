package io.lodge.block;

import static io.lodge.block.LittleEndian.getInt;
import static io.lodge.block.LittleEndian.getLong;

/**
 * CityHash128 of Google's CityHash 1.0.2, the version that ClickHouse froze: the checksum of every
 * compressed frame. Later versions of CityHash give other values.
 *
 * <p>Holds the two halves of the last hash, so that a frame costs no object.
 */
final class CityHash128 {
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final long K3 = 0xc949d7c7509e6557L;
  private static final long MULTIPLIER = 0x9ddfea08eb382d69L;

  private long low;
  private long high;

  long low() {
    return low;
  }

  long high() {
    return high;
  }

  /** Hashes {@code [at, at + length)}; the result is in {@link #low} and {@link #high}. */
  void hash(byte[] s, int at, int length) {
    if (length >= 16) {
      withSeed(s, at + 16, length - 16, getLong(s, at) ^ K3, getLong(s, at + 8));
    } else if (length >= 8) {
      withSeed(s, at, 0, getLong(s, at) ^ (length * K0), getLong(s, at + length - 8) ^ K1);
    } else {
      withSeed(s, at, length, K0, K1);
    }
  }

  private void withSeed(byte[] s, int start, int length, long seedLow, long seedHigh) {
    if (length < 128) {
      murmur(s, start, length, seedLow, seedHigh);
      return;
    }
    int at = start;
    int left = length;
    long x = seedLow;
    long y = seedHigh;
    long z = length * K1;
    long v1 = rotate(y ^ K1, 49) * K1 + getLong(s, at);
    long v2 = rotate(v1, 42) * K1 + getLong(s, at + 8);
    long w1 = rotate(y + z, 35) * K1 + x;
    long w2 = rotate(x + getLong(s, at + 88), 53) * K1;
    while (left >= 128) {
      for (int half = 0; half < 2; half++) {
        x = rotate(x + y + v1 + getLong(s, at + 16), 37) * K1 ^ w2;
        y = rotate(y + v2 + getLong(s, at + 48), 42) * K1 ^ v1;
        z = rotate(z ^ w1, 33);
        // weakHashLen32WithSeeds(s, v2 * K1, x + w1)
        long a = v2 * K1 + getLong(s, at);
        long d = getLong(s, at + 24);
        long b = rotate(x + w1 + a + d, 21);
        long c = a;
        a += getLong(s, at + 8) + getLong(s, at + 16);
        v1 = a + d;
        v2 = b + rotate(a, 44) + c;
        // weakHashLen32WithSeeds(s + 32, z + w2, y)
        a = z + w2 + getLong(s, at + 32);
        d = getLong(s, at + 56);
        b = rotate(y + a + d, 21);
        c = a;
        a += getLong(s, at + 40) + getLong(s, at + 48);
        w1 = a + d;
        w2 = b + rotate(a, 44) + c;
        long swap = z;
        z = x;
        x = swap;
        at += 64;
      }
      left -= 128;
    }
    y += rotate(w1, 37) * K0 + z;
    x += rotate(v1 + z, 49) * K0;
    for (int done = 32; done - 32 < left; done += 32) {
      int tail = at + left - done;
      y = rotate(y - x, 42) * K0 + v2;
      w1 += getLong(s, tail + 16);
      x = rotate(x, 49) * K0 + w1;
      w1 += v1;
      // weakHashLen32WithSeeds(tail, v1, v2)
      long a = v1 + getLong(s, tail);
      long d = getLong(s, tail + 24);
      long b = rotate(v2 + a + d, 21);
      long c = a;
      a += getLong(s, tail + 8) + getLong(s, tail + 16);
      v1 = a + d;
      v2 = b + rotate(a, 44) + c;
    }
    x = combine(x, v1);
    y = combine(y, w1);
    low = combine(x + v2, w2) + y;
    high = combine(x + w2, y + v2);
  }

  private void murmur(byte[] s, int start, int length, long seedLow, long seedHigh) {
    long a = seedLow;
    long b = seedHigh;
    long c;
    long d;
    int left = length - 16;
    if (left <= 0) {
      a = shiftMix(a * K1) * K1;
      c = b * K1 + upTo16(s, start, length);
      d = shiftMix(a + (length >= 8 ? getLong(s, start) : c));
    } else {
      int at = start;
      c = combine(getLong(s, at + length - 8) + K1, a);
      d = combine(b + length, c + getLong(s, at + length - 16));
      a += d;
      do {
        a = (a ^ shiftMix(getLong(s, at) * K1) * K1) * K1;
        b ^= a;
        c = (c ^ shiftMix(getLong(s, at + 8) * K1) * K1) * K1;
        d ^= c;
        at += 16;
        left -= 16;
      } while (left > 0);
    }
    a = combine(a, c);
    b = combine(d, b);
    low = a ^ b;
    high = combine(b, a);
  }

  private static long upTo16(byte[] s, int at, int length) {
    if (length > 8) {
      long a = getLong(s, at);
      long b = getLong(s, at + length - 8);
      return combine(a, rotate(b + length, length)) ^ b;
    }
    if (length >= 4) {
      long a = getInt(s, at) & 0xFFFFFFFFL;
      return combine(length + (a << 3), getInt(s, at + length - 4) & 0xFFFFFFFFL);
    }
    if (length > 0) {
      int y = (s[at] & 0xFF) + ((s[at + (length >>> 1)] & 0xFF) << 8);
      int z = length + ((s[at + length - 1] & 0xFF) << 2);
      return shiftMix(y * K2 ^ z * K3) * K2;
    }
    return K2;
  }

  private static long combine(long u, long v) {
    long a = shiftMix((u ^ v) * MULTIPLIER);
    return shiftMix((v ^ a) * MULTIPLIER) * MULTIPLIER;
  }

  private static long shiftMix(long value) {
    return value ^ (value >>> 47);
  }

  private static long rotate(long value, int bits) {
    return Long.rotateRight(value, bits);
  }
}
