package io.lodge.canary;

import io.lodge.config.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A gateway that the canary sends to.
 *
 * @param url its OTLP/HTTP listener; also its name
 * @param own whether it is this process
 * @param key an ingest key, where it asks for one
 * @param trust whose certificates it may have; empty for those that Java trusts
 * @param onItsWay what it has of the canary's records; asked only when one is about to be missing
 */
public record CanaryGateway(
    URI url,
    boolean own,
    Optional<Secret> key,
    Optional<SSLContext> trust,
    Supplier<OnItsWay> onItsWay) {

  /** A gateway of which only its endpoint is known. */
  public static CanaryGateway other(URI url, Optional<Secret> key) {
    return new CanaryGateway(url, false, key, Optional.empty(), () -> OnItsWay.NOTHING);
  }

  String name() {
    return url.toString();
  }
}
