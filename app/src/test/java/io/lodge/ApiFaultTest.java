package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiFaultTest {

  @Test
  void findsTheSentenceForPeople() {
    assertThat(
            ApiFault.messageIn(
                """
                {"error":{"code":"bad_query","message":"Code: 62. \\"x\\":\\nnear 'SELEC'","clickhouse_code":62}}
                """))
        .hasValue("Code: 62. \"x\":\nnear 'SELEC'");
  }

  @Test
  void leavesEverythingElseAsItIs() {
    assertThat(ApiFault.messageIn("no json")).isEmpty();
    assertThat(ApiFault.messageIn("{\"error\":1}")).isEmpty();
    assertThat(ApiFault.messageIn("{\"error\":{")).isEmpty();
  }
}
