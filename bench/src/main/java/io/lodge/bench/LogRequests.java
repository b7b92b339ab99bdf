package io.lodge.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;

/**
 * The data of every benchmark: requests as a node's collector sends them. Services on Kubernetes,
 * 12 resource attributes and 6 attributes a record, about 430 bytes of protobuf per record
 * including its share of the resource; a third of the records belong to a trace. Seeded: the same
 * number gives the same bytes.
 */
public final class LogRequests {
  private static final String[] SERVICES = {
    "checkout",
    "cart",
    "catalog",
    "payment",
    "shipping",
    "frontend",
    "search",
    "auth",
    "email",
    "recommendation",
    "currency",
    "inventory"
  };
  private static final String[] VERBS = {
    "handled", "received", "forwarded", "rejected", "retried", "committed", "scheduled", "evicted"
  };
  private static final String[] NOUNS = {
    "request", "message", "order", "session", "transaction", "cache entry", "job", "connection"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final int[] STATUSES = {200, 200, 200, 200, 201, 204, 301, 400, 404, 500, 503};

  private final Random random;
  private long sequence;

  public LogRequests(long seed) {
    random = new Random(seed);
  }

  /**
   * One request.
   *
   * @param records how many log records it has, over up to four resources
   * @param unixNanos the time of its first record; later ones follow within a second
   */
  public ExportLogsServiceRequest next(int records, long unixNanos) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    int resources = Math.clamp(records / 10, 1, 4);
    for (int i = 0; i < resources; i++) {
      int share = records / resources + (i < records % resources ? 1 : 0);
      request.addResourceLogs(resourceLogs(share, unixNanos));
    }
    return request.build();
  }

  private ResourceLogs resourceLogs(int records, long unixNanos) {
    String service = SERVICES[random.nextInt(SERVICES.length)];
    String pod = service + "-" + Integer.toHexString(random.nextInt(40) + 0x7f31a0) + "-x2k9p";
    ScopeLogs.Builder scope =
        ScopeLogs.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("io.shop." + service + ".Handler")
                    .setVersion("1.4.2"));
    for (int i = 0; i < records; i++) {
      scope.addLogRecords(record(unixNanos + random.nextInt(1_000_000_000)));
    }
    return ResourceLogs.newBuilder()
        .setResource(resource(service, pod))
        .addScopeLogs(scope)
        .setSchemaUrl("https://opentelemetry.io/schemas/1.27.0")
        .build();
  }

  /** A process that sends: one of twelve services, on one of forty pods. */
  Resource resource() {
    String service = SERVICES[random.nextInt(SERVICES.length)];
    return resource(
        service, service + "-" + Integer.toHexString(random.nextInt(40) + 0x7f31a0) + "-x2k9p");
  }

  private Resource resource(String service, String pod) {
    int node = random.nextInt(16);
    return Resource.newBuilder()
        .addAllAttributes(
            List.of(
                text("service.name", service),
                text("service.version", "2026.11." + random.nextInt(4)),
                text("service.instance.id", pod),
                text("k8s.namespace.name", "shop-" + random.nextInt(4)),
                text("k8s.pod.name", pod),
                text("k8s.container.name", service),
                text("k8s.node.name", "ip-10-0-" + node + "-17.ec2.internal"),
                text("k8s.cluster.name", "prod-eu-1"),
                text("cloud.provider", "aws"),
                text("cloud.region", "eu-west-1"),
                text("host.name", "ip-10-0-" + node + "-17"),
                text("telemetry.sdk.language", "java")))
        .build();
  }

  private LogRecord record(long unixNanos) {
    int status = STATUSES[random.nextInt(STATUSES.length)];
    SeverityNumber severity =
        status >= 500
            ? SeverityNumber.SEVERITY_NUMBER_ERROR
            : status >= 400
                ? SeverityNumber.SEVERITY_NUMBER_WARN
                : SeverityNumber.SEVERITY_NUMBER_INFO;
    long number = sequence++;
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(unixNanos)
            .setObservedTimeUnixNano(unixNanos + 1_000_000)
            .setSeverityNumber(severity)
            .setSeverityText(severity.name().substring("SEVERITY_NUMBER_".length()))
            .setBody(value(body(number)))
            .addAttributes(text("http.request.method", METHODS[random.nextInt(METHODS.length)]))
            .addAttributes(number("http.response.status_code", status))
            .addAttributes(text("url.path", "/api/v1/items/" + random.nextInt(5000)))
            .addAttributes(text("client.address", "10.3." + random.nextInt(64) + ".9"))
            .addAttributes(text("thread.name", "http-nio-8080-exec-" + random.nextInt(32)))
            .addAttributes(text("code.function.name", "io.shop.Handler.handle"));
    if (random.nextInt(3) == 0) {
      record.setTraceId(bytes(16)).setSpanId(bytes(8)).setFlags(1);
    }
    return record.build();
  }

  private String body(long number) {
    return "%s %s %d for customer %08x in %d ms, %d items, cache %s, upstream responded within budget"
        .formatted(
            VERBS[random.nextInt(VERBS.length)],
            NOUNS[random.nextInt(NOUNS.length)],
            number,
            random.nextInt(),
            random.nextInt(900),
            random.nextInt(40),
            random.nextBoolean() ? "hit" : "miss");
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(value(value)).build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  private static AnyValue value(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}
