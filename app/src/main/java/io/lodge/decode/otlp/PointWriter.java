package io.lodge.decode.otlp;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;
import io.lodge.decode.rows.SourceRows;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.DistributionColumns;
import io.lodge.lane.ExemplarColumns;
import io.lodge.lane.ExponentialHistogramLane;
import io.lodge.lane.GaugeLane;
import io.lodge.lane.HistogramLane;
import io.lodge.lane.MetricsLane;
import io.lodge.lane.NumberLane;
import io.lodge.lane.SumLane;
import io.lodge.lane.SummaryLane;

/** Appends the columns that a data point has for itself. */
final class PointWriter {
  private final SourceRows rows;
  private final MetricScratch scratch;

  PointWriter(SourceRows rows, MetricScratch scratch) {
    this.rows = rows;
    this.scratch = scratch;
  }

  void put(MetricsLane lane, PointFields fields, byte[] body) {
    scratch.attributes.putRow(lane.attributes, fields.attributes, body);
    lane.startTimeUnix.putLong(rows.clamp(fields.startUnixNanos));
    lane.timeUnix.putLong(rows.clampOrReceived(fields.timeUnixNanos));
    lane.flags.putInt(fields.flags);
    switch (lane) {
      case GaugeLane gauge -> number(gauge, fields, body);
      case SumLane sum -> number(sum, fields, body);
      case HistogramLane histogram -> {
        distribution(histogram.distribution, fields);
        numbers(histogram.bucketCounts, fields.bucketCounts);
        numbers(histogram.explicitBounds, fields.bounds);
        exemplars(histogram.exemplars, fields.exemplars, body);
      }
      case ExponentialHistogramLane histogram -> exponential(histogram, fields, body);
      case SummaryLane summary -> summary(summary, fields);
    }
  }

  private void number(NumberLane lane, PointFields fields, byte[] body) {
    lane.value.putLong(NumberType.doubleBits(fields.valueType, fields.valueBits));
    lane.valueInt.putLong(NumberType.integer(fields.valueType, fields.valueBits));
    lane.valueType.putByte(fields.valueType);
    exemplars(lane.exemplars, fields.exemplars, body);
  }

  private static void distribution(DistributionColumns columns, PointFields fields) {
    columns.count().putLong(fields.count);
    columns.sum().putLong(fields.sumBits);
    columns.hasSum().putByte(fields.hasSum ? 1 : 0);
    columns.min().putLong(fields.minBits);
    columns.hasMin().putByte(fields.hasMin ? 1 : 0);
    columns.max().putLong(fields.maxBits);
    columns.hasMax().putByte(fields.hasMax ? 1 : 0);
  }

  private void exponential(ExponentialHistogramLane lane, PointFields fields, byte[] body) {
    distribution(lane.distribution, fields);
    lane.scale.putInt(fields.scale);
    lane.zeroCount.putLong(fields.zeroCount);
    lane.zeroThreshold.putLong(fields.zeroThresholdBits);
    lane.positiveOffset.putInt(fields.positiveOffset);
    numbers(lane.positiveBucketCounts, fields.positive);
    lane.negativeOffset.putInt(fields.negativeOffset);
    numbers(lane.negativeBucketCounts, fields.negative);
    exemplars(lane.exemplars, fields.exemplars, body);
  }

  private static void summary(SummaryLane lane, PointFields fields) {
    lane.count.putLong(fields.count);
    lane.sum.putLong(fields.sumBits);
    for (int i = 0; i < fields.quantiles.count(); i += 2) {
      lane.quantiles.values().putLong(fields.quantiles.get(i));
      lane.values.values().putLong(fields.quantiles.get(i + 1));
    }
    lane.quantiles.endRow();
    lane.values.endRow();
  }

  private static void numbers(ArrayColumn<FixedColumn> column, LongList numbers) {
    for (int i = 0; i < numbers.count(); i++) {
      column.values().putLong(numbers.get(i));
    }
    column.endRow();
  }

  private void exemplars(ExemplarColumns columns, PointExemplars exemplars, byte[] body) {
    AttributeSlices slices = exemplars.attributes;
    for (int i = 0; i < exemplars.count(); i++) {
      scratch.exemplarAttributes.putRow(
          columns.filteredAttributes().values(),
          slices,
          exemplars.attributesFrom(i),
          exemplars.attributesTo(i),
          body);
      columns.timeUnix().values().putLong(rows.clamp(exemplars.timeUnixNanos(i)));
      int type = exemplars.valueType(i);
      long bits = exemplars.valueBits(i);
      columns.value().values().putLong(NumberType.doubleBits(type, bits));
      columns.valueInt().values().putLong(NumberType.integer(type, bits));
      columns.valueType().values().putByte(type);
      SourceRows.putId(
          columns.spanId().values(),
          slices,
          body,
          exemplars.spanIdAt(i),
          exemplars.spanIdLength(i));
      SourceRows.putId(
          columns.traceId().values(),
          slices,
          body,
          exemplars.traceIdAt(i),
          exemplars.traceIdLength(i));
    }
    columns.endRow();
  }
}
