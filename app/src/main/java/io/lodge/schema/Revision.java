package io.lodge.schema;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Which of several builds is newer, written down on the server. A build says so before it changes
 * anything, so that from then on no older one changes it back. For any thread.
 */
record Revision(ClickHouse clickHouse, int own) {
  /** Of the schema in this build. Grows by one with every change of a file: a test holds that. */
  static final int OF_THIS_BUILD = 7;

  private static final String TABLE = "otel.schema_revisions";

  /**
   * Notes that this build's schema is being applied. Nothing on a server without a schema: the
   * table for it is among what is created first.
   *
   * @throws NewerSchemaException if a newer build's schema was applied
   */
  void claim() throws IOException {
    OptionalInt newest = newest();
    if (newest.isEmpty()) {
      return;
    }
    if (newest.getAsInt() > own) {
      throw new NewerSchemaException(newest.getAsInt(), own);
    }
    if (newest.getAsInt() < own) {
      clickHouse.execute(
          Query.of("INSERT INTO " + TABLE + " (Revision) SELECT {own:UInt32}")
              .withString("own", Integer.toString(own)));
    }
  }

  private OptionalInt newest() throws IOException {
    if (clickHouse.scalar(Query.of("EXISTS TABLE " + TABLE)) == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) clickHouse.scalar(Query.of("SELECT max(Revision) FROM " + TABLE)));
  }
}
