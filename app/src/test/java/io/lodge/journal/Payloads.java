package io.lodge.journal;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Payloads for tests; two are equal here if all they say is equal. */
final class Payloads {
  private Payloads() {}

  /** A payload that its seed determines, in a buffer with something before and after. */
  static Payload of(
      long seed, PayloadKind kind, ContentEncoding encoding, String tenant, int length) {
    byte[] bytes = new byte[length + 5];
    new Random(seed).nextBytes(bytes);
    return new Payload(
        kind, encoding, tenant, context(seed), seed ^ 0x1234567890L, bytes, 3, length);
  }

  /** Some have one, some do not. */
  private static String context(long seed) {
    return seed % 3 == 0 ? "dataset-" + seed : "";
  }

  static Payload sized(long seed, int length) {
    return of(seed, PayloadKind.OTLP_LOGS_PROTOBUF, ContentEncoding.IDENTITY, "default", length);
  }

  static boolean sameBody(Payload a, Payload b) {
    return Arrays.equals(
        a.bytes(),
        a.offset(),
        a.offset() + a.length(),
        b.bytes(),
        b.offset(),
        b.offset() + b.length());
  }

  /** What a payload says, as one value. */
  static String copy(Payload payload) {
    byte[] body =
        Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
    return payload.kind()
        + " "
        + payload.encoding()
        + " "
        + payload.tenant()
        + " "
        + payload.context()
        + " "
        + payload.receivedUnixNanos()
        + " "
        + body.length
        + " "
        + Arrays.hashCode(body);
  }

  static List<String> copies(List<Payload> payloads) {
    return payloads.stream().map(Payloads::copy).toList();
  }

  static List<String> read(ClosedSegment segment) throws DamagedSegmentException {
    List<String> copies = new ArrayList<>();
    segment.read(payload -> copies.add(copy(payload)));
    return copies;
  }
}
