package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.Secret;
import io.lodge.journal.JournalFailure;
import io.lodge.route.ProjectTokens;
import io.lodge.route.Routing;
import io.lodge.route.Rules;
import io.lodge.route.TeamRetention;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the rules of decoding from the configuration, and makes them anew when teams' retention
 * changes. While its source cannot be read, what it said last holds.
 */
final class RulesKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RulesKeeper.class);

  private final Optional<String> pseudonymKey;
  private final Optional<TeamRetentionSource> source;
  private final Duration refresh;
  private final Routing routing;
  private final ProjectTokens tokens;
  private volatile Rules rules;
  private String trouble = "";
  private Consumer<Rules> use = next -> {};
  private final Thread thread = Thread.ofVirtual().name("rules-keeper").unstarted(this::run);

  /**
   * Reads the source for the first time.
   *
   * @param routing the routing rules, which stay as they are until the next start
   * @throws CommandException if it cannot be read: events would be kept longer than their team
   *     wants, and nobody would see it
   */
  RulesKeeper(Config.Analytics config, Routing routing) throws CommandException {
    this.routing = routing;
    tokens = new ProjectTokens(config.teamByToken());
    pseudonymKey = config.pseudonymKey().map(Secret::reveal);
    source = TeamRetentionSource.of(config.teamRetention());
    refresh = config.teamRetention().refresh();
    try {
      rules = rules(source.isPresent() ? source.get().read() : TeamRetention.NONE);
    } catch (IOException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private Rules rules(TeamRetention retention) {
    return new Rules(retention, pseudonymKey, tokens, routing);
  }

  /** The rules to begin with. */
  Rules first() {
    return rules;
  }

  /** The rules in force. */
  Rules now() {
    return rules;
  }

  /** Looks for changes from now on. */
  void start(Consumer<Rules> changed) {
    use = changed;
    if (source.isPresent()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(refresh);
        source.ifPresent(this::look);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(TeamRetentionSource from) {
    try {
      Rules now = rules(from.read());
      if (!now.equals(rules)) {
        use.accept(now);
        rules = now;
        log.info("retention of {} teams is their own", now.retention().daysByTeam().size());
      }
      trouble = "";
    } catch (IOException | JournalFailure e) {
      // Also a disk without room for the new rules: they are tried again, and nothing else is lost.
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(trouble)) {
        log.warn("{}; what was read last holds", problem);
      }
      trouble = problem;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
