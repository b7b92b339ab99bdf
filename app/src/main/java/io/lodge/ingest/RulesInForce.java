package io.lodge.ingest;

import io.lodge.journal.Journal;
import io.lodge.journal.RulesId;
import io.lodge.route.Rules;
import java.util.Optional;

/**
 * The rules for what is accepted from now on, and those that segments were accepted under.
 * Thread-safe.
 */
final class RulesInForce {
  private final Journal journal;
  private volatile Named current;

  /** Rules, and what segments name them by. */
  record Named(Rules rules, RulesId id) {}

  RulesInForce(Journal journal, Rules first) {
    this.journal = journal;
    current = named(first);
  }

  /** Segments that begin from now on are accepted under these rules. */
  void use(Rules rules) {
    current = named(rules);
  }

  private Named named(Rules rules) {
    return new Named(rules, journal.keepRules(rules.toText()));
  }

  Named current() {
    return current;
  }

  /**
   * The rules that a segment names. Where its header was lost they are those of now: what they hide
   * must not come to light by a damaged sector.
   *
   * @return empty if they are gone or this build cannot follow them
   */
  Optional<Rules> of(RulesId id) {
    Named now = current;
    if (id.equals(now.id()) || id.equals(RulesId.LOST)) {
      return Optional.of(now.rules());
    }
    try {
      return journal.rulesText(id).map(Rules::parse);
    } catch (IllegalArgumentException newer) {
      return Optional.empty();
    }
  }
}
