package io.lodge.bench;

import com.google.protobuf.CodedOutputStream;
import io.lodge.block.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Requests of lines: one Loki stream with structured metadata, syslog of a few programs. */
final class LineRequests {
  private static final String[] PROGRAMS = {"sshd", "CRON", "kernel", "systemd", "postgres"};

  private LineRequests() {}

  /** A {@code logproto.PushRequest}. */
  static byte[] loki(int lines, long unixNanos) {
    return message(request ->
        request.writeByteArray(
            1,
            message(stream -> {
              stream.writeString(
                  1,
                  "{namespace=\"shop\", pod=\"cart-5d9f\", container=\"cart\", cluster=\"eu-1\","
                      + " job=\"shop/cart\", node_name=\"ip-10-0-0-7\", stream=\"stderr\"}");
              for (int i = 0; i < lines; i++) {
                stream.writeByteArray(2, entry(i, unixNanos));
              }
            })));
  }

  private static byte[] entry(int i, long unixNanos) {
    return message(entry -> {
      entry.writeByteArray(
          1,
          message(time -> {
            time.writeInt64(1, unixNanos / 1_000_000_000);
            time.writeInt32(2, i);
          }));
      entry.writeString(
          2,
          "level=info ts=2026-11-21T10:00:00.%06dZ caller=handler.go:117 msg=\"order placed\" order=%d"
                  .formatted(i, i * 7919L)
              + " customer=c-%d total=%d.99 currency=EUR duration=%dms"
                  .formatted(i % 97, i % 400, i % 53));
      entry.writeByteArray(
          3,
          message(pair -> {
            pair.writeString(1, "trace_id");
            pair.writeString(2, "%032x".formatted(i * 0x9E3779B97F4A7C15L + 1));
          }));
      entry.writeByteArray(
          3,
          message(pair -> {
            pair.writeString(1, "user");
            pair.writeString(2, "u-" + i % 1000);
          }));
    });
  }

  /** Frames as the listener makes them: programs of one host in turn, the worst case for rules. */
  static byte[] syslog(int messages, int seed) {
    ByteSink frames = new ByteSink(messages * 200);
    for (int i = 0; i < messages; i++) {
      String message =
          "<%d>1 2026-11-21T10:00:00.%06dZ web-%d %s %d ID47 [origin ip=\"10.0.0.%d\"] connection from 192.0.2.%d port %d"
              .formatted(
                  8 + i % 8,
                  i,
                  seed % 10,
                  PROGRAMS[i % PROGRAMS.length],
                  1000 + i % 300,
                  seed % 200,
                  i % 250,
                  i);
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      frames.putInt(bytes.length);
      frames.putBytes(bytes, 0, bytes.length);
    }
    byte[] body = new byte[frames.length()];
    System.arraycopy(frames.array(), 0, body, 0, body.length);
    return body;
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
