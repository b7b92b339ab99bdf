package io.lodge;

import io.lodge.base.Time;
import io.lodge.base.net.Listener;
import io.lodge.canary.Canary;
import io.lodge.canary.CanaryGateway;
import io.lodge.canary.CanaryOptions;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration of the canary → the canary. */
final class Canaries {
  private Canaries() {}

  /**
   * Empty where it is off.
   *
   * @param otlpHttp this gateway's own endpoint, which is open
   */
  static Optional<Canary> of(
      Config config,
      Listener otlpHttp,
      LodgeLedger ledger,
      ClickHouse reader,
      PrometheusRegistry registry) {
    return config
        .canary()
        .map(canary -> {
          List<CanaryGateway> gateways = new ArrayList<>();
          gateways.add(own(config, canary, otlpHttp, ledger));
          canary.to().forEach(url -> gateways.add(CanaryGateway.other(url, canary.key())));
          return new Canary(
              new CanaryOptions(canary.every(), canary.late(), canary.missing(), gateways),
              new Runner(reader, new ReaderProfile(reader), limits(config.query())),
              registry,
              Time.SYSTEM);
        });
  }

  /** Reached as clients do, over its socket; by its own certificate whatever that is issued for. */
  private static CanaryGateway own(
      Config config, Config.Canary canary, Listener otlpHttp, LodgeLedger ledger) {
    HostPort at = new HostPort(config.receive().otlpHttp().host(), otlpHttp.address().getPort());
    URI url = ConfigFileOptions.urlOf(at, config.tls().isPresent());
    return new CanaryGateway(
        url,
        true,
        canary.key(),
        config.tls().map(tls -> PinnedCertificate.trustedBy(tls.certificate())),
        () -> ledger.onItsWay(Canary.SERVICE));
  }

  private static QueryLimits limits(Config.Query query) {
    return new QueryLimits(Canary.ANSWER_MAX, query.maxMemoryBytes(), query.maxResultRows(), 1);
  }
}
