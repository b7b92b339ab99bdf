package io.lodge.decode.otlp;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf fields in ways that no generated code would. */
final class Wire {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  Wire varint(int field, long value) {
    return write(to -> to.writeUInt64(field, value));
  }

  Wire fixed64(int field, long value) {
    return write(to -> to.writeFixed64(field, value));
  }

  Wire fixed32(int field, int value) {
    return write(to -> to.writeFixed32(field, value));
  }

  Wire string(int field, String value) {
    return write(to -> to.writeString(field, value));
  }

  Wire bytes(int field, byte... value) {
    return write(to -> to.writeByteArray(field, value));
  }

  Wire message(int field, Wire message) {
    return bytes(field, message.toBytes());
  }

  Wire tag(int field, int wireType) {
    return write(to -> to.writeTag(field, wireType));
  }

  Wire raw(int... values) {
    return write(to -> {
      for (int value : values) {
        to.writeRawByte(value);
      }
    });
  }

  byte[] toBytes() {
    write(CodedOutputStream::flush);
    return bytes.toByteArray();
  }

  /** A request with this one record, without a resource. */
  static byte[] request(Wire record) {
    return new Wire().message(1, new Wire().message(2, new Wire().message(2, record))).toBytes();
  }

  private Wire write(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
