package io.lodge.ship;

import io.lodge.base.Backoff;
import io.lodge.config.Secret;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to send and where.
 *
 * @param files to read in this order; none means {@code input}
 * @param input read where there are no files
 * @param follow keep reading what is appended, as {@code tail -F} does, and never give up
 * @param fromEnd with {@code follow}: leave out what the files hold at the start
 * @param resource attributes of every line's resource; win over the ones found out here
 * @param logs the URL that takes OTLP logs, path included
 * @param key ingest key, if the receiver asks for one
 * @param gzip compress requests
 * @param giveUpAfter how long one batch is tried without {@code follow}
 * @param backoff waits between tries
 * @param linger how long a line waits for others at most
 * @param lineBytesMax longer lines are sent in parts
 */
public record Shipment(
    List<Path> files,
    InputStream input,
    boolean follow,
    boolean fromEnd,
    Map<String, String> resource,
    URI logs,
    Optional<Secret> key,
    boolean gzip,
    Duration giveUpAfter,
    Backoff backoff,
    Duration linger,
    int lineBytesMax) {

  public static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  /** Well below a second, so that a live stream is live. */
  public static final Duration LINGER = Duration.ofMillis(200);

  /** A line of more than a MiB is no line; its parts stay readable. */
  public static final int LINE_BYTES_MAX = 1 << 20;
}
