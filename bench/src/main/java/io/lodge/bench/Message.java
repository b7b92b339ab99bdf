package io.lodge.bench;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message written field by field, for protocols whose classes are no dependency. */
final class Message {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes one field. */
  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }

  private Message put(Field field) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      field.write(out);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Message text(int number, String value) {
    return put(out -> out.writeString(number, value));
  }

  Message varint(int number, long value) {
    return put(out -> out.writeUInt64(number, value));
  }

  Message real(int number, double value) {
    return put(out -> out.writeDouble(number, value));
  }

  Message message(int number, Message value) {
    return put(out -> out.writeByteArray(number, value.toBytes()));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
