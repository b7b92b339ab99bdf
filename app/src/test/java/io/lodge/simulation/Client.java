package io.lodge.simulation;

import io.lodge.model.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends bodies, sends those again that are to come again, and remembers what it was told: the
 * ledger that everything is checked against.
 */
final class Client implements World.Actor {
  private static final int WAITING_MAX = 12;

  private final World world;
  private final Bodies bodies;
  private final List<Sent> all = new ArrayList<>();
  private final List<Sent> refused = new ArrayList<>();
  private int left;
  private int waiting;
  private Gateway gateway;
  private long acknowledgedRecords;

  /**
   * @param bodies what it sends
   * @param count how many of them
   */
  Client(World world, Bodies bodies, int count, Gateway gateway) {
    this.world = world;
    this.bodies = bodies;
    left = count;
    this.gateway = gateway;
  }

  /** From now on it sends here; who had not answered never will. */
  void use(Gateway next) {
    gateway = next;
    waiting = 0;
    for (Sent sent : all) {
      if (sent.state() == Sent.State.SENT) {
        sent.state(Sent.State.UNANSWERED);
      }
    }
  }

  List<Sent> all() {
    return all;
  }

  /** Records acknowledged since the last call. */
  long takeAcknowledgedRecords() {
    long records = acknowledgedRecords;
    acknowledgedRecords = 0;
    return records;
  }

  boolean isDone() {
    return left == 0 && refused.isEmpty() && waiting == 0;
  }

  @Override
  public String name() {
    return "client";
  }

  @Override
  public boolean isReady() {
    return gateway.isOpen() && waiting < WAITING_MAX && (left > 0 || !refused.isEmpty());
  }

  @Override
  public void step() {
    boolean again = !refused.isEmpty() && (left == 0 || world.oneIn(3));
    Sent next = again ? refused.remove(world.random().nextInt(refused.size())) : fresh();
    next.state(Sent.State.SENT);
    waiting++;
    Gateway to = gateway;
    world.note("  sends %s, %d records", Sent.mark(next.number()), next.rows().size());
    // What it throws is kept in the world.
    var _ =
        to.submit(next.payload())
            .thenAccept(outcome -> {
              if (to == gateway && to.isUp()) {
                heard(next, outcome);
              }
            });
  }

  /** Whatever is thrown here would end in the future. */
  private void heard(Sent sent, Outcome outcome) {
    try {
      answered(sent, outcome);
    } catch (Broken broken) {
      world.broken(broken);
    }
  }

  private Sent fresh() {
    left--;
    Sent fresh = bodies.next();
    all.add(fresh);
    return fresh;
  }

  private void answered(Sent sent, Outcome outcome) {
    waiting--;
    world.note("  %s: %s", Sent.mark(sent.number()), outcome);
    switch (outcome) {
      case Outcome.Accepted accepted -> accepted(sent, accepted);
      case Outcome.RetryLater later -> {
        sent.state(Sent.State.REFUSED);
        refused.add(sent);
      }
      case Outcome.Malformed malformed -> unreadable(sent, malformed.message());
      case Outcome.Late late ->
          throw new Broken(
              Promise.ANSWERS_ARE_TRUE, "nobody waits for more than the disk: " + late);
      case Outcome.TooLarge tooLarge -> unreadable(sent, tooLarge.message());
    }
  }

  private void accepted(Sent sent, Outcome.Accepted accepted) {
    if (gateway.disk().isUnforgiven()) {
      throw new Broken(
          Promise.FAILED_SYNC_IS_FATAL,
          Sent.mark(sent.number()) + " is acknowledged after a sync that failed");
    }
    boolean asSent =
        accepted.records() == sent.rows().size() - sent.dead()
            && accepted.rejected() == sent.dead();
    if (!sent.readable() || !asSent) {
      throw new Broken(
          Promise.ANSWERS_ARE_TRUE,
          "%s got %s, want %d records of which %d are dead letters"
              .formatted(Sent.mark(sent.number()), accepted, sent.rows().size(), sent.dead()));
    }
    acknowledgedRecords += accepted.records();
    sent.acknowledged(gateway.rules());
  }

  private static void unreadable(Sent sent, String message) {
    if (sent.readable()) {
      throw new Broken(
          Promise.ANSWERS_ARE_TRUE, Sent.mark(sent.number()) + " is refused: " + message);
    }
    sent.state(Sent.State.MALFORMED);
  }
}
