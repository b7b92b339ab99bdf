package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
  @ParameterizedTest
  @CsvSource({"0,0", "7B,7", "64KiB,65536", "1 MiB,1048576", "10GiB,10737418240", "2MB,2000000"})
  void sizesHaveUnits(String text, long bytes) throws Exception {
    assertThat(Values.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "-1MiB", "64mib", "1.5GiB", "MiB", "9999999999TiB", "1 MiB x"})
  void sizesWithoutAKnownUnitAreRefused(String text) {
    assertThatThrownBy(() -> Values.bytes(text)).isInstanceOf(BadValueException.class);
  }

  @Test
  void durationsHaveUnits() throws Exception {
    assertThat(Values.duration("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Values.duration("180d")).isEqualTo(Duration.ofDays(180));
    assertThatThrownBy(() -> Values.duration("1y")).hasMessageContaining("as a duration");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4317,true",
    "127.9.9.9:1,true",
    "localhost:0,true",
    "[::1]:4317,true",
    "[0:0:0:0:0:0:0:1]:4317,true",
    "0.0.0.0:4317,false",
    "[::]:4317,false",
    "[fe80::1%eth0]:80,false",
    "127.0.0.1.example:80,false",
    "lodge-0.lodge:65535,false"
  })
  void addressesKnowWhoCanReachThem(String text, boolean loopback) throws Exception {
    HostPort address = Values.hostPort(text);
    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":4317", "4317", "a:b", "a:70000", "::1:4317", "[::1]", "a b:1"})
  void addressesThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> Values.hostPort(text)).isInstanceOf(BadValueException.class);
  }
}
