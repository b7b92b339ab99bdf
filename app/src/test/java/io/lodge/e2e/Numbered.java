package io.lodge.e2e;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A record of a ledger: who sent it, as which, and a body that follows from both. */
record Numbered(int producer, int sequence) {
  private static final int BODY_CHARS_MAX = 400;

  String body() {
    SplittableRandom random = new SplittableRandom(((long) producer << 32) | sequence);
    StringBuilder body = new StringBuilder("record " + producer + "/" + sequence + " ");
    int length = random.nextInt(BODY_CHARS_MAX);
    while (body.length() < length) {
      body.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36)).append(' ');
    }
    return body.toString();
  }

  /** SHA-256 of the body in lower case hexadecimal, as ClickHouse would compute it. */
  String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  LogRecord toOtlp() {
    return Otlp.record(body())
        .addAttributes(Otlp.attribute("ledger.producer", Integer.toString(producer)))
        .addAttributes(Otlp.attribute("ledger.sequence", Integer.toString(sequence)))
        .addAttributes(Otlp.attribute("ledger.hash", hash()))
        .build();
  }
}
