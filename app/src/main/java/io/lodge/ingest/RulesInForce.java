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

  /**
   * The rules that a segment named last: its neighbours name the same, and to compile takes long.
   */
  private volatile Named last;

  /** Rules, and what segments name them by. */
  record Named(Rules rules, RulesId id) {}

  RulesInForce(Journal journal, Rules first) {
    this.journal = journal;
    current = named(first);
    last = current;
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
    Named before = last;
    if (id.equals(before.id())) {
      return Optional.of(before.rules());
    }
    try {
      Optional<Rules> kept = journal.rulesText(id).map(Rules::parse);
      kept.ifPresent(rules -> last = new Named(rules, id));
      return kept;
    } catch (IllegalArgumentException newer) {
      return Optional.empty();
    }
  }
}
