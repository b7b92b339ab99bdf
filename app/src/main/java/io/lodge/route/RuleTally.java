package io.lodge.route;

import java.util.Arrays;

/** How often each rule fired, dropped and failed. Reused; belongs to one thread. */
public final class RuleTally {
  private Routing routing = Routing.NONE;
  private long[] fired = {};
  private long[] dropped = {};
  private long[] failed = {};

  /** Takes the counts of one rule. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Is told of one rule.
     *
     * @param fired records for which its condition held
     * @param dropped records that it dropped: all, or those its sample leaves out
     * @param failed records for which its condition had no answer
     */
    void rule(String name, long fired, long dropped, long failed);
  }

  /** Counts from now on under these rules; what was counted under others is forgotten. */
  @SuppressWarnings("ReferenceEquality") // to compare the rules would cost more than to begin anew
  public void follow(Routing rules) {
    if (rules != routing) {
      routing = rules;
      fired = new long[rules.rules().size()];
      dropped = new long[fired.length];
      failed = new long[fired.length];
    }
  }

  public void reset() {
    Arrays.fill(fired, 0);
    Arrays.fill(dropped, 0);
    Arrays.fill(failed, 0);
  }

  /** The condition of the rule at this index held. */
  public void countFired(int rule) {
    fired[rule]++;
  }

  /** The rule dropped a record: all of them, or those that its sample leaves out. */
  public void countDropped(int rule) {
    dropped[rule]++;
  }

  /** The rule's condition had no answer; the record is stored as if it did not hold. */
  public void countFailed(int rule) {
    failed[rule]++;
  }

  /** Tells the counts of all rules that have any. */
  public void read(Reader reader) {
    for (int i = 0; i < fired.length; i++) {
      if (fired[i] != 0 || failed[i] != 0) {
        reader.rule(routing.rules().get(i).name(), fired[i], dropped[i], failed[i]);
      }
    }
  }
}
