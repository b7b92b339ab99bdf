package io.lodge.api.ask;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A gateway that has received nothing. */
public final class IdleSystem {
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
