package io.lodge.lane;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;

/** The exemplars of a data point: arrays with equally many elements, as in {@code Nested}. */
public record ExemplarColumns(
    ArrayColumn<MapColumn<StringColumn>> filteredAttributes,
    ArrayColumn<FixedColumn> timeUnix,
    ArrayColumn<FixedColumn> value,
    ArrayColumn<FixedColumn> valueInt,
    ArrayColumn<FixedColumn> valueType,
    ArrayColumn<StringColumn> spanId,
    ArrayColumn<StringColumn> traceId) {

  /** Adds them to a lane under construction. */
  static ExemplarColumns addTo(Lane lane) {
    return new ExemplarColumns(
        lane.add("Exemplars.FilteredAttributes", ArrayColumn.of(MapColumn.ofStrings())),
        lane.add("Exemplars.TimeUnix", ArrayColumn.of(FixedColumn.dateTime64Nanos())),
        lane.add("Exemplars.Value", ArrayColumn.of(FixedColumn.float64())),
        lane.add("Exemplars.ValueInt", ArrayColumn.of(FixedColumn.int64())),
        lane.add("Exemplars.ValueType", ArrayColumn.of(FixedColumn.uint8())),
        lane.add("Exemplars.SpanId", ArrayColumn.of(new StringColumn())),
        lane.add("Exemplars.TraceId", ArrayColumn.of(new StringColumn())));
  }

  /** Ends the arrays of a row whose elements have been appended. */
  public void endRow() {
    filteredAttributes.endRow();
    timeUnix.endRow();
    value.endRow();
    valueInt.endRow();
    valueType.endRow();
    spanId.endRow();
    traceId.endRow();
  }
}
