package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * gRPC's answers: a message and trailers, or an error as trailers only. Source: gRPC, {@code
 * PROTOCOL-HTTP2.md}, "Responses"; {@code google.rpc.Status} in {@code grpc-status-details-bin}.
 */
final class GrpcWords {
  static final AsciiString ACCEPT_ENCODING = HttpHeaderNames.of("grpc-accept-encoding");
  private static final AsciiString STATUS = HttpHeaderNames.of("grpc-status");
  private static final AsciiString MESSAGE = HttpHeaderNames.of("grpc-message");
  private static final AsciiString DETAILS = HttpHeaderNames.of("grpc-status-details-bin");

  /** A header list may have 8 KiB in all by default, and an escape takes 3 bytes. */
  private static final int MESSAGE_CHARS_MAX = 1000;

  private static final ResponseHeaders YES = headers().build();
  private static final HttpHeaders DONE = HttpHeaders.of(STATUS, "0");
  private static final HttpData PLAIN_YES = frame(new byte[0]);

  private GrpcWords() {}

  static HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored stored ->
          HttpResponse.of(
              YES,
              stored.rejected() == 0 ? PLAIN_YES : frame(OtlpMessages.responseProtobuf(stored)),
              DONE);
      case Reply.Refused refused -> refuse(refused);
    };
  }

  /** A message of another method than OTLP's. */
  static HttpResponse message(byte[] protobuf) {
    return HttpResponse.of(YES, frame(protobuf), DONE);
  }

  static HttpResponse error(GrpcCode code, String message) {
    return HttpResponse.of(failure(code, message).build());
  }

  private static HttpResponse refuse(Reply.Refused refused) {
    ResponseHeadersBuilder headers = failure(refused.reason().grpcCode, refused.message());
    if (refused.reason() == Reason.RETRY_LATER) {
      byte[] status = OtlpMessages.statusProtobuf(refused);
      headers.set(DETAILS, Base64.getEncoder().withoutPadding().encodeToString(status));
    }
    return HttpResponse.of(headers.build());
  }

  private static ResponseHeadersBuilder failure(GrpcCode code, String message) {
    ResponseHeadersBuilder headers =
        headers().set(STATUS, Integer.toString(code.number)).set(MESSAGE, percentEncoded(message));
    return code == GrpcCode.UNIMPLEMENTED
        ? headers.set(ACCEPT_ENCODING, Encodings.ACCEPTED.replace(" ", ""))
        : headers;
  }

  private static ResponseHeadersBuilder headers() {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc");
  }

  private static HttpData frame(byte[] message) {
    byte[] framed = new byte[5 + message.length];
    framed[1] = (byte) (message.length >>> 24);
    framed[2] = (byte) (message.length >>> 16);
    framed[3] = (byte) (message.length >>> 8);
    framed[4] = (byte) message.length;
    System.arraycopy(message, 0, framed, 5, message.length);
    return HttpData.wrap(framed);
  }

  /** Leaves printable ASCII but {@code %}; everything else is {@code %XX} of its UTF-8. */
  static String percentEncoded(String message) {
    String text =
        message.length() <= MESSAGE_CHARS_MAX ? message : message.substring(0, MESSAGE_CHARS_MAX);
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0x20 && b <= 0x7E && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append("%02X".formatted(b & 0xFF));
      }
    }
    return encoded.toString();
  }
}
