package io.lodge.query.run;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the profile of the user that reads leaves to us: ClickHouse's {@code readonly} is asked for
 * once, as a user that has it may not be told it again.
 */
public final class ReaderProfile {
  private static final Query ASK = Query.of("SELECT getSetting('readonly')");

  private final ClickHouse reader;
  private volatile @Nullable Long readOnly;

  public ReaderProfile(ClickHouse reader) {
    this.reader = reader;
  }

  /**
   * The settings to send with a statement so that it reads and does nothing else, within {@code
   * limits} where the profile does not fix its own.
   *
   * @throws IOException if ClickHouse cannot be asked
   */
  public Map<String, String> settings(Map<String, String> limits) throws IOException {
    Map<String, String> settings = new HashMap<>(limits);
    switch ((int) readOnly()) {
      case 0 -> settings.put("readonly", "1");
      case 1 -> settings.clear(); // it may change no setting at all
      default -> {} // 2: it reads only, and may change settings within its constraints
    }
    return settings;
  }

  private long readOnly() throws IOException {
    Long known = readOnly;
    if (known == null) {
      known = reader.scalar(ASK);
      readOnly = known;
    }
    return known;
  }
}
