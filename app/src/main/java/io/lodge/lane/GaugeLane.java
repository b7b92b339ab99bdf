package io.lodge.lane;

/** Columns of {@code otel.otel_metrics_gauge_landing}. */
public final class GaugeLane extends NumberLane {
  public static final String TABLE = "otel.otel_metrics_gauge_landing";

  GaugeLane() {
    super(TABLE);
  }
}
