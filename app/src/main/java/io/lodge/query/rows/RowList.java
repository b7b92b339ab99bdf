package io.lodge.query.rows;

import io.lodge.query.run.Cost;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.List;

/** Holds rows; for few of them. */
final class RowList implements RowSink {
  private final List<byte[]> rows = new ArrayList<>();

  @Override
  public void row(byte[] json) {
    rows.add(json);
  }

  @Override
  public void progress(TimeRange searched, Cost cost) {}

  List<byte[]> all() {
    return rows;
  }
}
