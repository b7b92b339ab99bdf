package io.lodge.query.run;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseException;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the profile of the user that reads leaves to us: ClickHouse's {@code readonly} is asked for
 * once, as a user that has it may not be told it again.
 */
public final class ReaderProfile {
  /** READONLY, SETTING_CONSTRAINT_VIOLATION. Source: ClickHouse, ErrorCodes.cpp. */
  private static final Set<Integer> REFUSALS = Set.of(164, 452);

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

  /**
   * The same with what a statement's answer would not be ours without. They are sent whatever the
   * profile says: it may have them already, or let them be changed.
   */
  Map<String, String> settings(Map<String, String> limits, Map<String, String> needed)
      throws IOException {
    Map<String, String> settings = settings(limits);
    settings.putAll(needed);
    return settings;
  }

  /** What ClickHouse said, and what to do about it if it was the profile that refused a setting. */
  IOException explained(IOException e, Map<String, String> needed) throws IOException {
    String message = String.valueOf(e.getMessage());
    if (e instanceof ClickHouseException refused
        && REFUSALS.contains(refused.code())
        && needed.keySet().stream().anyMatch(message::contains)
        && readOnly() == 1) {
      return refused.advised(
          "the profile of clickhouse.reader_user has readonly = 1: give it readonly = 2, or let it change (changeable_in_readonly) %s"
              .formatted(String.join(", ", Runner.needed())));
    }
    return e;
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
