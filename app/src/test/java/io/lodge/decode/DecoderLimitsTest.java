package io.lodge.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import org.junit.jupiter.api.Test;

class DecoderLimitsTest {

  @Test
  void aSegmentsStampGivesItsLimitsBack() {
    DecoderLimits limits = DecoderLimits.ofBytes(64L << 20, (64L << 10) + 1);
    assertThat(limits).isEqualTo(new DecoderLimits(64, 65));
    assertThat(DecoderLimits.ofStamp(limits.stamp())).contains(limits);
  }

  @Test
  void anotherRevisionHasNoLimitsHere() {
    int stamp = new DecoderLimits(64, 8192).stamp();
    assertThat(DecoderLimits.ofStamp(stamp + (1 << 28))).isEmpty();
    assertThat(DecoderLimits.ofStamp(0)).isEmpty();
  }

  @Test
  void refusesASmallBodyThatWouldBecomeTooManyRecords() {
    assertRefused(request(0, 250_001), "records");
  }

  @Test
  void refusesASmallBodyWhoseAttributesWouldBeRepeatedTooOften() {
    assertRefused(request(1_000, 4_001), "attributes over all its records");
  }

  @Test
  void takesWhatIsJustBelow() throws Exception {
    byte[] body = request(1_000, 4_000);
    Decoded decoded = new Decoded();
    new PayloadDecoder(new DecoderLimits(64, 8192), Rules.NONE)
        .decode(payload(body), new Lanes(), decoded);
    assertThat(decoded.stored()).isEqualTo(4_000);
  }

  private static void assertRefused(byte[] body, String what) {
    PayloadDecoder decoder = new PayloadDecoder(new DecoderLimits(64, 8192), Rules.NONE);
    assertThatThrownBy(() -> decoder.decode(payload(body), new Lanes(), new Decoded()))
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining(what);
  }

  private static byte[] request(int attributes, int records) {
    ResourceLogs.Builder resource = ResourceLogs.newBuilder();
    for (int i = 0; i < attributes; i++) {
      resource.getResourceBuilder().addAttributes(KeyValue.newBuilder().setKey("a" + i));
    }
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < records; i++) {
      scope.addLogRecords(LogRecord.getDefaultInstance());
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(resource.addScopeLogs(scope))
        .build()
        .toByteArray();
  }

  private static Payload payload(byte[] body) {
    return new Payload(
        PayloadKind.OTLP_LOGS_PROTOBUF,
        ContentEncoding.IDENTITY,
        "default",
        "",
        1,
        body,
        0,
        body.length);
  }
}
