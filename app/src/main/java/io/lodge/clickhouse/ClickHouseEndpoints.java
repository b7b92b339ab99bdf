package io.lodge.clickhouse;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where ClickHouse answers HTTP, and as whom to speak to it.
 *
 * <p>Several URLs must lead to the same data: replicas of one shard, or several addresses of one
 * server. A block resent to another server is only recognised by its token if both share the
 * table's deduplication log.
 *
 * @param urls base URLs in order of preference, {@code http://host:port} or {@code https://…}; a
 *     path is kept, for servers behind a proxy
 * @param user the ClickHouse user
 * @param password the user's password; may be empty; never printed
 * @param connectTimeout how long one URL may take to accept a connection before the next is tried
 */
public record ClickHouseEndpoints(
    List<URI> urls, String user, String password, Duration connectTimeout) {

  public ClickHouseEndpoints {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot reach ClickHouse: no URL is given; set clickhouse.url");
    }
    urls.forEach(ClickHouseEndpoints::check);
  }

  /** One URL, five seconds to connect. */
  public static ClickHouseEndpoints of(URI url, String user, String password) {
    return new ClickHouseEndpoints(List.of(url), user, password, Duration.ofSeconds(5));
  }

  private static void check(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "unexpected ClickHouse URL; got %s://%s want http://host:port or https://host:port"
              .formatted(url.getScheme(), url.getHost()));
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "unexpected user in the ClickHouse URL of host %s; set clickhouse.user and clickhouse.password"
              .formatted(url.getHost()));
    }
  }

  /** The URLs and the user; the password only as stars. */
  @Override
  public String toString() {
    return "ClickHouseEndpoints[urls=%s, user=%s, password=***]".formatted(urls, user);
  }
}
