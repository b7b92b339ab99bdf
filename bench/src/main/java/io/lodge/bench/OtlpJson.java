package io.lodge.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Requests in OTLP's JSON: protobuf's own, with ids in hexadecimal. */
final class OtlpJson {
  private static final Pattern ID = Pattern.compile("(\"(?:trace|span)Id\":\")([^\"]*)\"");

  private OtlpJson() {}

  static byte[] of(ExportLogsServiceRequest request) {
    try {
      String json =
          JsonFormat.printer()
              .omittingInsignificantWhitespace()
              .printingEnumsAsInts()
              .print(request)
              .replace("\\u003d", "=");
      return ID.matcher(json)
          .replaceAll(id -> id.group(1) + hex(id.group(2)) + "\"")
          .getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }
}
