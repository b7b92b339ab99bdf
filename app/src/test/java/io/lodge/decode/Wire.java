package io.lodge.decode;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf fields in ways that no generated code would. */
public final class Wire {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  public Wire varint(int field, long value) {
    return write(to -> to.writeUInt64(field, value));
  }

  public Wire fixed64(int field, long value) {
    return write(to -> to.writeFixed64(field, value));
  }

  public Wire fixed32(int field, int value) {
    return write(to -> to.writeFixed32(field, value));
  }

  public Wire string(int field, String value) {
    return write(to -> to.writeString(field, value));
  }

  public Wire bytes(int field, byte... value) {
    return write(to -> to.writeByteArray(field, value));
  }

  public Wire message(int field, Wire message) {
    return bytes(field, message.toBytes());
  }

  public Wire tag(int field, int wireType) {
    return write(to -> to.writeTag(field, wireType));
  }

  public Wire raw(int... values) {
    return write(to -> {
      for (int value : values) {
        to.writeRawByte(value);
      }
    });
  }

  public byte[] toBytes() {
    write(CodedOutputStream::flush);
    return bytes.toByteArray();
  }

  /** A request with this one record, without a resource. */
  public static byte[] request(Wire record) {
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
