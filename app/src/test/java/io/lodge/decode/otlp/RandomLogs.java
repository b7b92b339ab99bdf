package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.SplittableRandom;

/** Random requests from a seed, that use every field of the proto and leave out any. */
final class RandomLogs {
  private static final String[] WORDS = {
    "", "a", "service.name", "k8s.pod.name", "GET /", "naïve", "日本語", "🦊", "\u0000\n\t\"\\/", "ÿ"
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    0.1,
    1e21,
    1e-7,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.NEGATIVE_INFINITY
  };

  private final SplittableRandom random;

  RandomLogs(long seed) {
    random = new SplittableRandom(seed);
  }

  ExportLogsServiceRequest request() {
    var request = ExportLogsServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      request.addResourceLogs(resourceLogs());
    }
    return request.build();
  }

  private ResourceLogs resourceLogs() {
    var logs = ResourceLogs.newBuilder();
    if (often()) {
      var resource = Resource.newBuilder();
      if (often()) {
        resource.addAttributes(
            KeyValue.newBuilder().setKey("service.name").setValue(value(random.nextInt(3))));
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        resource.addAttributes(keyValue(2));
      }
      resource.setDroppedAttributesCount(often() ? 0 : random.nextInt());
      logs.setResource(resource);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      logs.addScopeLogs(scopeLogs());
    }
    return logs.setSchemaUrl(often() ? "" : word()).build();
  }

  private ScopeLogs scopeLogs() {
    var logs = ScopeLogs.newBuilder();
    if (often()) {
      var scope = InstrumentationScope.newBuilder().setName(word()).setVersion(word());
      for (int i = random.nextInt(3); i > 0; i--) {
        scope.addAttributes(keyValue(2));
      }
      logs.setScope(scope.setDroppedAttributesCount(random.nextInt(3)));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      logs.addLogRecords(logRecord());
    }
    return logs.setSchemaUrl(often() ? "" : word()).build();
  }

  private LogRecord logRecord() {
    var record = LogRecord.newBuilder();
    record.setTimeUnixNano(time()).setObservedTimeUnixNano(time());
    record.setSeverityNumberValue(often() ? random.nextInt(25) : random.nextInt(-5, 400));
    record.setSeverityText(word()).setEventName(word());
    record.setTraceId(id(16)).setSpanId(id(8));
    record.setFlags(random.nextInt()).setDroppedAttributesCount(random.nextInt(5));
    if (often()) {
      record.setBody(value(3));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      record.addAttributes(keyValue(3));
    }
    return record.build();
  }

  private KeyValue keyValue(int depth) {
    var keyValue = KeyValue.newBuilder().setKey(word());
    if (often()) {
      keyValue.setValue(value(depth));
    }
    return keyValue.build();
  }

  private AnyValue value(int depth) {
    var value = AnyValue.newBuilder();
    switch (random.nextInt(depth > 0 ? 12 : 10)) {
      case 0 -> value.setBoolValue(random.nextBoolean());
      case 1 -> value.setIntValue(random.nextLong() >> random.nextInt(64));
      case 2 -> value.setDoubleValue(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 3 -> value.setDoubleValue(Double.longBitsToDouble(random.nextLong()));
      case 4 -> value.setBytesValue(bytes(random.nextInt(10)));
      case 5 -> {}
      case 10 -> value.setArrayValue(array(depth - 1));
      case 11 -> value.setKvlistValue(list(depth - 1));
      default -> value.setStringValue(word());
    }
    return value.build();
  }

  private ArrayValue array(int depth) {
    var array = ArrayValue.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.addValues(value(depth));
    }
    return array.build();
  }

  private KeyValueList list(int depth) {
    var list = KeyValueList.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.addValues(keyValue(depth));
    }
    return list.build();
  }

  private ByteString id(int length) {
    return switch (random.nextInt(8)) {
      case 0 -> ByteString.EMPTY;
      case 1 -> ByteString.copyFrom(new byte[length]);
      case 2 -> bytes(random.nextInt(1, 20));
      default -> bytes(length);
    };
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private long time() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      default -> 1_795_000_000_000_000_000L + random.nextInt();
    };
  }

  private String word() {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(12) == 0 ? word.repeat(random.nextInt(40)) + random.nextInt(999) : word;
  }

  private boolean often() {
    return random.nextInt(4) > 0;
  }
}
