package io.lodge.api.ask;

import io.lodge.query.ledger.OwnAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway that has received nothing. */
public final class IdleSystem {
  /** The ledger of that gateway. */
  public static final OwnAccount.Accounts LEDGER =
      new OwnAccount.Accounts() {
        @Override
        public OwnAccount now() {
          return new OwnAccount(
              Set.of("0000abcd"),
              Map.of(),
              Map.of(),
              Map.of(),
              Map.of(),
              List.of(),
              Optional.empty(),
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0);
        }

        @Override
        public Set<Integer> minutesChangedSince(long changes) {
          return Set.of();
        }
      };

  private IdleSystem() {}

  public static SystemStatus status() {
    return new SystemStatus(
        "test",
        Duration.ofSeconds(5),
        true,
        Optional.empty(),
        List.of(),
        List.of(),
        new SystemStatus.Waiting(
            0, 0, 1 << 20, 0, Optional.empty(), 0, 0, Optional.empty(), 0, 0, Optional.empty()),
        new SystemStatus.Delivered(0, 0, 0, 0, 0, 0),
        new SystemStatus.Memory(1 << 20, 0, 0, 0));
  }
}
