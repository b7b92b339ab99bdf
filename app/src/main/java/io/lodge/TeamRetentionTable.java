package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.Secret;
import io.lodge.route.TeamRetention;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Retention from the table {@code team_settings(team_id, retention_days)} of a PostgreSQL database
 * (HIP-47). A team without a number of days has the table's own time.
 *
 * @param url {@code jdbc:postgresql://host/database}
 * @param config who reads it
 */
record TeamRetentionTable(String url, Config.RetentionSource config)
    implements TeamRetentionSource {
  private static final int TIMEOUT_SECONDS = 10;

  @Override
  public TeamRetention read() throws IOException {
    SortedMap<Long, Integer> days = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url, properties());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT team_id, retention_days FROM team_settings"
                    + " WHERE retention_days IS NOT NULL")) {
      while (rows.next()) {
        days.put(rows.getLong(1), rows.getInt(2));
      }
      return new TeamRetention(days);
    } catch (SQLException | IllegalArgumentException e) {
      throw new IOException(
          "cannot read teams' retention from %s: %s; check analytics.team_retention and its table"
              .formatted(url, e.getMessage()),
          e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (!config.user().isEmpty()) {
      properties.setProperty("user", config.user());
    }
    config.password().map(Secret::reveal).ifPresent(it -> properties.setProperty("password", it));
    properties.setProperty("connectTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("ApplicationName", "lodge");
    return properties;
  }
}
