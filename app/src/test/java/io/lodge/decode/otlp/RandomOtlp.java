package io.lodge.decode.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.SplittableRandom;

/** Random requests from a seed, that use every field of the proto and leave out any. */
abstract class RandomOtlp {
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

  final SplittableRandom random;

  RandomOtlp(long seed) {
    random = new SplittableRandom(seed);
  }

  abstract Message request();

  final Resource resource() {
    var resource = Resource.newBuilder();
    if (often()) {
      resource.addAttributes(
          KeyValue.newBuilder().setKey("service.name").setValue(value(random.nextInt(3))));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      resource.addAttributes(keyValue(2));
    }
    return resource.setDroppedAttributesCount(often() ? 0 : random.nextInt()).build();
  }

  final InstrumentationScope scope() {
    var scope = InstrumentationScope.newBuilder().setName(word()).setVersion(word());
    for (int i = random.nextInt(3); i > 0; i--) {
      scope.addAttributes(keyValue(2));
    }
    return scope.setDroppedAttributesCount(random.nextInt(3)).build();
  }

  final double number() {
    return random.nextBoolean()
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : Double.longBitsToDouble(random.nextLong());
  }

  final KeyValue keyValue(int depth) {
    var keyValue = KeyValue.newBuilder().setKey(word());
    if (often()) {
      keyValue.setValue(value(depth));
    }
    return keyValue.build();
  }

  final AnyValue value(int depth) {
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

  final ArrayValue array(int depth) {
    var array = ArrayValue.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.addValues(value(depth));
    }
    return array.build();
  }

  final KeyValueList list(int depth) {
    var list = KeyValueList.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.addValues(keyValue(depth));
    }
    return list.build();
  }

  final ByteString id(int length) {
    return switch (random.nextInt(8)) {
      case 0 -> ByteString.EMPTY;
      case 1 -> ByteString.copyFrom(new byte[length]);
      case 2 -> bytes(random.nextInt(1, 20));
      default -> bytes(length);
    };
  }

  final ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  final long time() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      default -> 1_795_000_000_000_000_000L + random.nextInt();
    };
  }

  final String word() {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(12) == 0 ? word.repeat(random.nextInt(40)) + random.nextInt(999) : word;
  }

  final boolean often() {
    return random.nextInt(4) > 0;
  }
}
