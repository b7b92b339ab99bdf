package io.lodge.base.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedKeyTest {

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer k1",
    "authorization, bearer   k1",
    "authorization, ApiKey k1",
    "x-api-key, k1",
    "X-ClickHouse-Key, k1"
  })
  void isFoundWhereItsClientPutsIt(String header, String value) {
    assertThat(PresentedKey.in(HttpHeaders.of(header, value))).isEqualTo("k1");
  }

  @Test
  void isTheSecondHalfOfWhatIsInBase64() {
    for (String scheme : new String[] {"Basic ", "ApiKey "}) {
      assertThat(PresentedKey.in(HttpHeaders.of("authorization", scheme + base64("lodge:k:1"))))
          .isEqualTo("k:1");
    }
  }

  @Test
  void isEmptyWithoutOne() {
    assertThat(PresentedKey.in(HttpHeaders.of())).isEmpty();
    assertThat(PresentedKey.in(HttpHeaders.of("authorization", "Digest x"))).isEmpty();
    assertThat(PresentedKey.in(HttpHeaders.of("authorization", "k1"))).isEmpty();
  }
}
