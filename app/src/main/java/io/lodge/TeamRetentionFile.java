package io.lodge;

import io.lodge.route.TeamRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Retention from a YAML file of days by team, {@code 7: 30}.
 *
 * @param file the file
 */
record TeamRetentionFile(Path file) implements TeamRetentionSource {

  @Override
  public TeamRetention read() throws IOException {
    try {
      Object text =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      SortedMap<Long, Integer> days = new TreeMap<>();
      if (text != null) {
        ((Map<?, ?>) text)
            .forEach((team, count) ->
                days.put(((Number) team).longValue(), ((Number) count).intValue()));
      }
      return new TeamRetention(days);
    } catch (YamlEngineException | ClassCastException | IllegalArgumentException e) {
      throw new IOException(
          "cannot read teams' retention from %s: %s; want lines such as '7: 30'"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
