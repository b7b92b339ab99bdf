package io.lodge.decode.otlp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.Wire;
import io.lodge.model.PayloadKind;
import org.junit.jupiter.api.Test;

/** Why a body is refused; that it is, and when, is in {@link OtlpOracleTest}. */
class DamagedProtobufTest {
  private final Decoding decoding = new Decoding();

  @Test
  void namesTheOffsetInTheBody() {
    assertThatThrownBy(
            () -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, new byte[] {0x0A, 2, 0x12, 9}))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage(
            "cannot decode body: at byte 4: a field of 9 bytes runs past the end of its message,"
                + " 0 bytes away");
  }

  @Test
  void refusesGroupsNestedTooDeepInsteadOfOverflowingTheStack() {
    Wire groups = new Wire();
    for (int i = 0; i < 1_000_000; i++) {
      groups.tag(900, 3);
    }
    assertThatThrownBy(() -> decoding.decode(PayloadKind.OTLP_LOGS_PROTOBUF, groups.toBytes()))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("groups are nested more than 100 deep");
  }
}
