package io.lodge;

import io.lodge.config.Config;
import io.lodge.route.TeamRetention;
import java.io.IOException;
import java.util.Optional;

/** Where teams' retention is written down. */
@FunctionalInterface
interface TeamRetentionSource {

  /**
   * What it says now.
   *
   * @throws IOException if it cannot be read, or says what cannot be; with what to do
   */
  TeamRetention read() throws IOException;

  /** The source that is configured; empty if there is none. */
  static Optional<TeamRetentionSource> of(Config.RetentionSource config) {
    Optional<TeamRetentionSource> file = config.file().map(TeamRetentionFile::new);
    return file.isPresent()
        ? file
        : config.postgres().map(url -> new TeamRetentionTable(url, config));
  }
}
