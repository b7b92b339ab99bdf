package io.lodge.api;

import io.lodge.api.ask.LetterDesk;
import io.lodge.api.ask.SystemStatus;
import io.lodge.base.net.KeyCheck;
import io.lodge.canary.CanaryReport;
import io.lodge.query.ledger.OwnAccount;
import io.lodge.query.run.Runner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the API shows.
 *
 * @param sql who runs statements
 * @param runner who runs questions, and what each may take
 * @param unixNanos the clock that {@code now} is read from
 * @param system what {@code /api/system} shows
 * @param ledger what this gateway knows of its own records, for {@code /api/ledger}
 * @param canary what became of its own records, for {@code /api/ledger}; empty where it is off
 * @param desk who knows dead letters
 * @param checks what {@code /readyz} asks, in this order
 * @param registry what {@code /metrics} shows; the JVM's own metrics are added to it
 * @param keys whose query key was presented; health and readiness ask for none
 * @param hosts further names this gateway is called by, lower case, without port: only needed while
 *     no key is asked for
 */
public record ApiParts(
    SqlSource sql,
    Runner runner,
    LongSupplier unixNanos,
    Supplier<SystemStatus> system,
    OwnAccount.Accounts ledger,
    Supplier<Optional<CanaryReport>> canary,
    LetterDesk desk,
    List<ReadyCheck> checks,
    PrometheusRegistry registry,
    KeyCheck keys,
    Set<String> hosts) {}
