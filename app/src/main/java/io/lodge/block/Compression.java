package io.lodge.block;

import com.github.luben.zstd.Zstd;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** How frames are compressed: the methods ClickHouse reads, with their byte in the frame header. */
public enum Compression {
  NONE(0x02) {
    @Override
    int bound(int length) {
      return length;
    }

    @Override
    int compress(byte[] source, int offset, int length, byte[] target, int at) {
      System.arraycopy(source, offset, target, at, length);
      return length;
    }
  },
  /** The default: about a tenth of the cost of ZSTD's for the gateway. */
  LZ4(0x82) {
    @Override
    int bound(int length) {
      return COMPRESSOR.maxCompressedLength(length);
    }

    @Override
    int compress(byte[] source, int offset, int length, byte[] target, int at) {
      return COMPRESSOR.compress(source, offset, length, target, at);
    }
  },
  /** Level 1: fewer bytes for a network that costs money, more CPU. */
  ZSTD(0x90) {
    @Override
    int bound(int length) {
      return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    int compress(byte[] source, int offset, int length, byte[] target, int at) {
      return Math.toIntExact(
          Zstd.compressByteArray(target, at, target.length - at, source, offset, length, 1));
    }
  };

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();

  private final byte method;

  Compression(int method) {
    this.method = (byte) method;
  }

  byte method() {
    return method;
  }

  /** The most bytes that {@code length} bytes can become. */
  abstract int bound(int length);

  /** Compresses into {@code target} from {@code at} on and returns the compressed length. */
  abstract int compress(byte[] source, int offset, int length, byte[] target, int at);
}
