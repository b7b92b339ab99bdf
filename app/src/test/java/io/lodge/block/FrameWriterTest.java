package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of any size, wherever they fall in a frame, come out in order. */
class FrameWriterTest {
  private static final int KIB = 1 << 10;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        255 * KIB,
        256 * KIB - 1,
        256 * KIB,
        256 * KIB + 1,
        257 * KIB,
        512 * KIB,
        3000 * KIB
      })
  void piecesAroundTheSizeOfAFrame(int length) {
    var random = new SplittableRandom(length);
    byte[] piece = new byte[length];
    random.nextBytes(piece);
    for (Compression compression : Compression.values()) {
      for (int before : new int[] {0, 1, 255 * KIB, 256 * KIB - 1}) {
        var pool = new ChunkPool(4 << 20);
        var out = new FrameWriter(compression, pool);
        out.write(new byte[before], 0, before);
        out.write(piece, 0, length);
        out.writeByte(42);
        byte[] raw = NativeReader.raw(out.finish(1));
        assertThat(raw).hasSize(before + length + 1);
        assertThat(Arrays.mismatch(Arrays.copyOfRange(raw, before, before + length), piece))
            .isEqualTo(-1);
        assertThat(raw[raw.length - 1]).isEqualTo((byte) 42);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersAcrossTheEdgeOfAFrame(Compression compression) {
    int[] values = {0x01020304, -1, 0x7FFF_8000};
    for (int before = 256 * KIB - 9; before <= 256 * KIB; before++) {
      var out = new FrameWriter(compression, new ChunkPool(4 << 20));
      out.write(new byte[before], 0, before);
      out.writeInts(values, 3);
      out.writeLowShorts(values, 3);
      out.writeLowBytes(values, 3);
      out.writeLong(0x0807060504030201L);
      out.writeVarint(300);
      byte[] raw = NativeReader.raw(out.finish(1));
      assertThat(Arrays.copyOfRange(raw, before, raw.length))
          .isEqualTo(
              new byte[] {
                4,
                3,
                2,
                1,
                -1,
                -1,
                -1,
                -1,
                0,
                -128,
                -1,
                127, // ints
                4,
                3,
                -1,
                -1,
                0,
                -128, // shorts
                4,
                -1,
                0, // bytes
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8, // long
                (byte) 0xAC,
                2 // varint
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryChunkBackOnRelease(Compression compression) {
    var pool = new ChunkPool(64 << 20);
    byte[] noise = new byte[5 << 20];
    new SplittableRandom(1).nextBytes(noise);
    for (int i = 0; i < 3; i++) {
      var out = new FrameWriter(compression, pool);
      out.write(noise, 0, noise.length);
      EncodedBlock block = out.finish(1);
      assertThat(block.compressedBytes()).isGreaterThan(noise.length);
      assertThat(Arrays.mismatch(NativeReader.raw(block), noise)).isEqualTo(-1);
      block.release();
    }
  }
}
