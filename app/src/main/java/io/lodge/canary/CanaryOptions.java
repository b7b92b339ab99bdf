package io.lodge.canary;

import java.time.Duration;
import java.util.List;

/**
 * How the canary sings.
 *
 * @param every a record is sent to each gateway so often
 * @param late how long after it was sent a record must be found
 * @param missing how long an accepted record may be absent, without a sign that it is on its way,
 *     before it is missing
 */
public record CanaryOptions(
    Duration every, Duration late, Duration missing, List<CanaryGateway> gateways) {

  public CanaryOptions {
    gateways = List.copyOf(gateways);
  }
}
