package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lodge.config.Config;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalOptions;
import io.lodge.route.Routing;
import io.lodge.route.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teams' retention is read at the start, and again when it changes. */
class RulesKeeperTest {
  private static final Duration OFTEN = Duration.ofMillis(100);

  @TempDir Path folder;

  private static Config.Analytics config(Optional<Path> file, Optional<String> postgres) {
    return new Config.Analytics(
        Optional.empty(),
        new TreeMap<>(),
        new Config.RetentionSource(file, postgres, "lodge", Optional.empty(), OFTEN));
  }

  private static Map<Long, Integer> days(LinkedBlockingQueue<Rules> changes)
      throws InterruptedException {
    Rules next = changes.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("changed rules").isNotNull();
    return next.retention().daysByTeam();
  }

  @Test
  void followsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("retention.yaml"), "7: 30\n");
    try (RulesKeeper keeper =
        new RulesKeeper(config(Optional.of(file), Optional.empty()), Routing.NONE)) {
      assertThat(keeper.first().retention().daysByTeam()).isEqualTo(Map.of(7L, 30));
      var changes = new LinkedBlockingQueue<Rules>();
      keeper.start(changes::add);
      Files.writeString(file, "seven: 30\n");
      Files.writeString(file, "7: 31\n8: 1\n");
      assertThat(days(changes)).isEqualTo(Map.of(7L, 31, 8L, 1));
    }
  }

  /** Such as one without room. The rules are tried again. */
  @Test
  void aJournalThatCannotKeepTheRulesDoesNotEndTheLooking() throws Exception {
    Path file = Files.writeString(folder.resolve("retention.yaml"), "7: 30\n");
    JournalOptions roomy = new JournalOptions(1 << 30, 0, 1);
    try (Journal held = Journal.open(folder.resolve("journal"), roomy);
        RulesKeeper keeper =
            new RulesKeeper(config(Optional.of(file), Optional.empty()), Routing.NONE)) {
      assertThat(held.segments()).isZero();
      var failures = new AtomicInteger(2);
      var changes = new LinkedBlockingQueue<Rules>();
      keeper.start(next -> {
        if (failures.getAndDecrement() > 0) {
          Journal.open(folder.resolve("journal"), roomy); // throws, for it is held
        }
        changes.add(next);
      });
      Files.writeString(file, "7: 31\n");
      assertThat(days(changes)).isEqualTo(Map.of(7L, 31));
      assertThat(failures).hasNegativeValue();
    }
  }

  @Test
  void doesNotStartWithoutKnowingWhatTeamsWant() throws Exception {
    Path file = Files.writeString(folder.resolve("retention.yaml"), "7: never\n");
    assertThatThrownBy(
            () -> new RulesKeeper(config(Optional.of(file), Optional.empty()), Routing.NONE))
        .hasMessageContaining("want lines such as '7: 30'");
    Files.writeString(file, "7: 0\n");
    assertThatThrownBy(
            () -> new RulesKeeper(config(Optional.of(file), Optional.empty()), Routing.NONE))
        .hasMessageContaining("unexpected retention of team 7");
  }

  @Test
  void followsATableAndWhatItSaidLastHoldsWhileItIsAway() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/usr/lib/postgresql")), "PostgreSQL is not installed");
    try (Postgres postgres = Postgres.start()) {
      sql(postgres, "CREATE TABLE team_settings (team_id bigint PRIMARY KEY, retention_days int)");
      sql(postgres, "INSERT INTO team_settings VALUES (7, 30), (8, NULL)");
      try (RulesKeeper keeper =
          new RulesKeeper(config(Optional.empty(), Optional.of(postgres.url())), Routing.NONE)) {
        assertThat(keeper.first().retention().daysByTeam()).isEqualTo(Map.of(7L, 30));
        var changes = new LinkedBlockingQueue<Rules>();
        keeper.start(changes::add);
        sql(postgres, "UPDATE team_settings SET retention_days = 90 WHERE team_id = 8");
        assertThat(days(changes)).isEqualTo(Map.of(7L, 30, 8L, 90));
        postgres.stop();
        assertThat(changes.poll(1, TimeUnit.SECONDS)).as("a change while it is away").isNull();
      }
      assertThatThrownBy(() ->
              new RulesKeeper(config(Optional.empty(), Optional.of(postgres.url())), Routing.NONE))
          .hasMessageContaining("check analytics.team_retention");
    }
  }

  private static void sql(Postgres postgres, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.url(), "lodge", "");
        var run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
