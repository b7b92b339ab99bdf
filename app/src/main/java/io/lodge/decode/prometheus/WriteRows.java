package io.lodge.decode.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.DeadLetters;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.Times;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.ExemplarsLane;
import io.lodge.lane.Lanes;
import io.lodge.lane.MetricMetadataLane;
import io.lodge.lane.SamplesLane;
import io.lodge.lane.SeriesLane;
import io.lodge.model.Payload;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Appends what series have: shared by both versions. One per payload. */
final class WriteRows {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

  /** By number, in both versions. */
  private static final String[] TYPES = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
  };

  /** Memory kept from payload to payload. */
  static final class Scratch {
    private int[] labelKeys = new int[32];
    private int metricKey;
  }

  final RequestLimit limit = new RequestLimit();
  final Decoded decoded;
  final DeadLetters letters;
  final Lanes lanes;
  final byte[] tenant;
  private final Payload payload;
  private final int receivedHour;
  private final Scratch scratch;
  private final SeriesLane series;
  private final SamplesLane samples;
  private final Set<String> described = new HashSet<>();

  private final SeriesCache cache;

  /** What the keys of this tenant's series begin with. */
  final long seed;

  /** Whose labels can be asked for, of the present series. */
  private TimeSeriesReader source;

  private byte[] body = {};
  private int nameAt;
  private int nameLength;
  private long id;
  private int lastDay;

  private int lastType = -1;
  private Slice lastName = Slice.EMPTY;
  private Slice lastHelp = Slice.EMPTY;

  private long samplesWritten;
  private long histogramsWritten;
  private long exemplarsWritten;

  WriteRows(Payload payload, Lanes lanes, Decoded decoded, TimeSeriesReader source) {
    this.payload = payload;
    receivedHour = (int) (payload.receivedUnixNanos() / NANOS_PER_HOUR);
    this.lanes = lanes;
    this.decoded = decoded;
    this.source = source;
    scratch = source.scratch;
    cache = source.cache;
    series = lanes.series();
    samples = lanes.samples();
    tenant = payload.tenant().getBytes(UTF_8);
    seed = cache.key(tenant, 0, tenant.length, 0);
    letters = new DeadLetters(payload, lanes, decoded);
  }

  /** The labels are good: what is appended next is this series'. */
  void beginSeries(TimeSeriesReader reader, byte[] bytes, int name, int length, long seriesId) {
    source = reader;
    body = bytes;
    nameAt = name;
    nameLength = length;
    id = seriesId;
    lastDay = -1;
  }

  void sample(long valueBits, long unixMillis, long startUnixMillis)
      throws MalformedPayloadException {
    long time = Times.clampMillis(unixMillis, decoded);
    scratch.metricKey = samples.metricName.put(body, nameAt, nameLength, scratch.metricKey);
    samples.seriesId.putLong(id);
    samples.timestamp.putLong(time);
    samples.value.putLong(valueBits);
    samples.startTimestamp.putLong(Times.clampMillis(startUnixMillis, decoded));
    samples.tenant.put(tenant, 0, tenant.length, 1);
    onDay(time);
    samplesWritten++;
    decoded.countStored(1);
  }

  void exemplar(AttributeSlices with, long valueBits, long unixMillis)
      throws MalformedPayloadException {
    limit.countCells(with.count());
    ExemplarsLane exemplars = lanes.exemplars();
    long time = Times.clampMillis(unixMillis, decoded);
    exemplars.metricName.put(body, nameAt, nameLength);
    exemplars.seriesId.putLong(id);
    exemplars.timestamp.putLong(time);
    exemplars.value.putLong(valueBits);
    for (int i = 0; i < with.count(); i++) {
      exemplars.labels.keys().put(body, with.keyAt(i), with.keyLength(i));
      exemplars.labels.values().put(body, with.valueAt(i), with.valueLength(i));
    }
    exemplars.labels.endRow();
    exemplars.tenant.put(tenant, 0, tenant.length);
    onDay(time);
    exemplarsWritten++;
    decoded.countStored(1);
  }

  void histogram(HistogramFields fields, long startUnixMillis) throws MalformedPayloadException {
    var histograms = lanes.nativeHistograms();
    long time = Times.clampMillis(fields.unixMillis, decoded);
    histograms.metricName.put(body, nameAt, nameLength);
    histograms.seriesId.putLong(id);
    histograms.timestamp.putLong(time);
    long start = fields.startUnixMillis == 0 ? startUnixMillis : fields.startUnixMillis;
    histograms.startTimestamp.putLong(Times.clampMillis(start, decoded));
    histograms.tenant.put(tenant, 0, tenant.length);
    fields.putTo(histograms);
    onDay(time);
    histogramsWritten++;
    decoded.countStored(1);
  }

  /** Says what a metric is, once in a request. */
  void describe(int type, Slice name, Slice help, Slice unit, byte[] source) {
    String word = type >= 0 && type < TYPES.length ? TYPES[type] : TYPES[0];
    // Series of a metric follow one another, and remote write 2 repeats it with each of them.
    if (type == lastType && name.isSame(lastName, source) && help.isSame(lastHelp, source)) {
      return;
    }
    lastType = type;
    lastName = name;
    lastHelp = help;
    String key =
        String.join("\u0000", word, name.text(source), help.text(source), unit.text(source));
    if (!described.add(key)) {
      return;
    }
    limit.countRecord();
    MetricMetadataLane metadata = lanes.metricMetadata();
    metadata.metricName.put(source, name.at(), name.length());
    byte[] typeText = word.getBytes(US_ASCII);
    metadata.type.put(typeText, 0, typeText.length);
    metadata.help.put(source, help.at(), help.length());
    metadata.unit.put(source, unit.at(), unit.length());
    metadata.tenant.put(tenant, 0, tenant.length);
    metadata.receivedAt.putLong(payload.receivedUnixNanos());
  }

  /** What the answer of remote write 2 says was written: samples, histograms, exemplars. */
  void report() {
    ByteSink items = decoded.items();
    if (items != null) {
      byte[] text =
          "%d %d %d"
              .formatted(samplesWritten, histogramsWritten, exemplarsWritten)
              .getBytes(US_ASCII);
      items.putBytes(text, 0, text.length);
    }
  }

  /** The series has something on the day of this time. */
  private void onDay(long unixMillis) throws MalformedPayloadException {
    int day = (int) (unixMillis / MILLIS_PER_DAY);
    if (day == lastDay) {
      return;
    }
    lastDay = day;
    // Also where they are not written now: decoded again, the same body may write them all.
    limit.countCells(cache.labels());
    long stamp = series.stamp(day, receivedHour);
    if (cache.isWritten(stamp)) {
      return;
    }
    if (series.isNew(id, day, receivedHour)) {
      seriesRow(day);
    }
    cache.written(stamp);
  }

  private void seriesRow(int day) throws MalformedPayloadException {
    AttributeSlices slices = source.slices();
    series.day.putShort(day);
    series.metricName.put(body, nameAt, nameLength, scratch.metricKey);
    series.seriesId.putLong(id);
    MapColumn<StringColumn> map = series.labels;
    LowCardinalityColumn keys = map.keys();
    if (slices.count() > scratch.labelKeys.length) {
      scratch.labelKeys = Arrays.copyOf(scratch.labelKeys, slices.count() * 2);
    }
    for (int i = 0; i < slices.count(); i++) {
      if (source.labels.isStored(i)) {
        scratch.labelKeys[i] =
            keys.put(body, slices.keyAt(i), slices.keyLength(i), scratch.labelKeys[i]);
        map.values().put(body, slices.valueAt(i), slices.valueLength(i));
      }
    }
    map.endRow();
    series.tenant.put(tenant, 0, tenant.length, 1);
    series.receivedAt.putLong(payload.receivedUnixNanos());
  }
}
