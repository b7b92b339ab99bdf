package io.lodge.decode.syslog;

import io.lodge.decode.Decoding;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.model.SyslogFrame;
import io.lodge.route.Routing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes messages as a listener would have framed them. */
final class Messages {
  final Decoding decoding = new Decoding();
  private final SyslogLogs decoder = new SyslogLogs(Decoding.RECORD_BYTES_MAX, Routing.NONE);

  /** The rows of these messages. */
  static List<Map<String, Object>> rows(String context, String... messages)
      throws MalformedPayloadException {
    Messages all = new Messages();
    byte[][] bytes =
        Arrays.stream(messages)
            .map(message -> message.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    all.decode(context, Decoding.RECEIVED, frames(bytes));
    return all.logs();
  }

  /** All rows, with maps as maps; of a key that repeats, the first value. */
  List<Map<String, Object>> logs() {
    List<Map<String, Object>> rows = decoding.logs();
    rows.forEach(row ->
        row.replaceAll((column, value) -> column.endsWith("Attributes") ? asMap(value) : value));
    return rows;
  }

  private static Map<String, String> asMap(Object entries) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Object each : (List<?>) entries) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
      map.putIfAbsent((String) entry.getKey(), (String) entry.getValue());
    }
    return map;
  }

  static Map<String, Object> row(String message) throws MalformedPayloadException {
    return rows("tcp Z 192.0.2.7", message).getFirst();
  }

  static byte[] frames(byte[]... messages) {
    int size = Arrays.stream(messages).mapToInt(m -> SyslogFrame.HEADER_BYTES + m.length).sum();
    ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] message : messages) {
      body.putInt(message.length).put(message);
    }
    return body.array();
  }

  void decode(String context, long received, byte[] body) throws MalformedPayloadException {
    decoding.lanes.mark();
    decoding.decoded.reset();
    // An array that is longer than the body, so that reading past its end shows.
    byte[] array = new byte[body.length + 9];
    Arrays.fill(array, (byte) '7');
    System.arraycopy(body, 0, array, 4, body.length);
    Payload payload =
        new Payload(
            PayloadKind.SYSLOG,
            ContentEncoding.IDENTITY,
            "acme",
            context,
            received,
            array,
            4,
            body.length);
    try {
      decoder.decode(new Body(array, 4, body.length), payload, decoding.lanes, decoding.decoded);
    } catch (MalformedPayloadException | RuntimeException e) {
      decoding.lanes.rollback();
      throw e;
    }
  }
}
