package io.lodge.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code canary}. */
final class CanarySettings {
  private static final String AT = "canary.";

  /** Each gateway costs a connection, and up to 2 MB in a long outage. */
  private static final int GATEWAYS_MAX = 31;

  private CanarySettings() {}

  /** Empty where it is off; the other settings are read all the same. */
  static Optional<Config.Canary> read(SettingReader in) {
    Optional<Duration> every =
        in.optionalDuration(AT + "every", Duration.ofMillis(100), Duration.ofMinutes(1));
    Config.Canary canary =
        new Config.Canary(
            every.orElse(Duration.ofSeconds(1)),
            in.duration(AT + "late", Duration.ofSeconds(1), Duration.ofHours(1)),
            in.duration(AT + "missing", Duration.ofSeconds(1), Duration.ofDays(1)),
            in.urls(AT + "to"),
            in.secret(AT + "key"));
    return every.map(on -> canary);
  }

  static void check(Config config, SettingReader in) {
    config.canary().ifPresent(canary -> check(canary, config, in));
  }

  private static void check(Config.Canary canary, Config config, SettingReader in) {
    if (canary.missing().compareTo(canary.every().multipliedBy(2)) < 0) {
      in.fault(
          AT + "missing",
          "cannot be less than twice canary.every: a gateway that dies would look like a loss",
          "raise it, or lower canary.every");
    }
    List<URI> to = canary.to();
    if (to.size() > GATEWAYS_MAX || to.stream().distinct().count() < to.size()) {
      in.fault(
          AT + "to",
          "cannot use these gateways: they are too many, or one is there twice",
          "name at most " + GATEWAYS_MAX + " others, each once");
    }
    boolean known =
        canary
            .key()
            .flatMap(key -> config.keys().find(key.reveal(), AccessKey.Kind.INGEST))
            .isPresent();
    if (config.keys().required(AccessKey.Kind.INGEST) && !known) {
      in.fault(
          AT + "key",
          "cannot send to this gateway without one of its ingest keys",
          "make one with `lodge key new --kind ingest --name canary`, and give it as env:NAME or file:PATH");
    }
  }
}
