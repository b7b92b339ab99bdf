package io.lodge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Rules RULES =
      new Rules(
          new TeamRetention(new TreeMap<>(Map.of(7L, 30, -1L, 1, 12L, 36_500))),
          Optional.of("a: \"key\"\nwith: lines"));

  @Test
  void comeBackFromTheirText() {
    assertThat(Rules.parse(RULES.toText())).isEqualTo(RULES);
    assertThat(Rules.parse(Rules.NONE.toText())).isEqualTo(Rules.NONE);
  }

  @Test
  void tokensComeBackFromTheirText() {
    var tokens = new ProjectTokens(new TreeMap<>(Map.of("phc_a: b", 7L, "7", 8L, "true", 0L)));
    Rules rules = RULES.with(tokens);
    assertThat(Rules.parse(rules.toText())).isEqualTo(rules).isNotEqualTo(RULES);
  }

  @Test
  void noRulesHaveNoText() {
    assertThat(Rules.NONE.toText()).isEmpty();
  }

  @Test
  void areRefusedIfThisBuildCannotFollowThem() {
    assertThatThrownBy(() -> Rules.parse("sorcery: 1\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("newer build")
        .hasMessageContaining("sorcery");
    assertThatThrownBy(() -> Rules.parse("- no\n- map\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTeamWithoutItsOwnTimeKeepsTheTables() {
    assertThat(RULES.retention().days(7, 365)).isEqualTo(30);
    assertThat(RULES.retention().days(8, 365)).isEqualTo(365);
  }

  @Test
  void aTimeThatCannotBeKeptIsRefused() {
    assertThatThrownBy(() -> new TeamRetention(new TreeMap<>(Map.of(7L, 0))))
        .hasMessage("unexpected retention of team 7; got 0 days want 1 to 36500");
  }
}
