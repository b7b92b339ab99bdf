package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.RulesId;
import io.lodge.route.Rules;
import io.lodge.route.TeamRetention;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesInForceTest {
  private static final JournalOptions ROOMY = new JournalOptions(1 << 30, 0, 1);
  private static final Rules THIRTY_DAYS = rules(30);
  private static final Rules SIXTY_DAYS = rules(60);

  @TempDir Path dir;

  @Test
  void aSegmentKeepsTheRulesItBeganWith() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      RulesInForce rules = new RulesInForce(journal, THIRTY_DAYS);
      RulesId before = rules.current().id();
      rules.use(SIXTY_DAYS);
      assertThat(rules.of(before)).hasValue(THIRTY_DAYS);
      assertThat(rules.of(rules.current().id())).hasValue(SIXTY_DAYS);
      assertThat(rules.of(RulesId.NONE)).hasValue(Rules.NONE);
    }
  }

  @Test
  void aLostHeaderGetsTheRulesOfNow() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      assertThat(new RulesInForce(journal, THIRTY_DAYS).of(RulesId.LOST)).hasValue(THIRTY_DAYS);
    }
  }

  @Test
  void rulesThatCannotBeFollowedAreNotGuessed() {
    try (Journal journal = Journal.open(dir, ROOMY)) {
      RulesInForce rules = new RulesInForce(journal, THIRTY_DAYS);
      RulesId newer = journal.keepRules("sorcery: 1\n".getBytes(StandardCharsets.UTF_8));
      assertThat(rules.of(newer)).isEmpty();
      assertThat(rules.of(new RulesId("a".repeat(64)))).isEmpty();
    }
  }

  private static Rules rules(int days) {
    return new Rules(new TeamRetention(new TreeMap<>(Map.of(7L, days))), Optional.empty());
  }
}
