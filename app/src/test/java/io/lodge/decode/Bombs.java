package io.lodge.decode;

import io.lodge.decode.DecompressorTest.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.xerial.snappy.Snappy;

/** A gibibyte of zeros, as small as each form makes it; of zlib, which takes long, a quarter. */
final class Bombs {
  private static final int PIECE_BYTES = 16 << 20;
  private static final int PIECES = 64;

  private Bombs() {}

  static byte[] of(Form form) throws IOException {
    return switch (form) {
      case ZLIB -> oneStream();
      case SNAPPY_BLOCK -> snappyBlock();
      default -> repeated(form.of(new byte[PIECE_BYTES]));
    };
  }

  /** What may follow itself, and saves the time to compress it all. */
  private static byte[] repeated(byte[] piece) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < PIECES; i++) {
      bytes.writeBytes(piece);
    }
    return bytes.toByteArray();
  }

  private static byte[] oneStream() throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[PIECE_BYTES];
    try (OutputStream out = Form.ZLIB.open(bytes)) {
      for (int i = 0; i < PIECES / 4; i++) {
        out.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  /** A block of zeros, its length field made to say a gibibyte. */
  private static byte[] snappyBlock() throws IOException {
    byte[] block = Snappy.compress(new byte[16 << 20]);
    byte[] bomb = new byte[block.length + 1];
    System.arraycopy(block, 4, bomb, 5, block.length - 4);
    bomb[0] = bomb[1] = bomb[2] = bomb[3] = (byte) 0x80;
    bomb[4] = 4;
    return bomb;
  }
}
