package io.lodge.decode.prometheus;

import io.lodge.block.ByteSink;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code TimeSeries} of either version twice: first its labels, which decide whether it can
 * be stored and may come last, then what it has.
 */
final class TimeSeriesReader {
  private static final int VALUE = 1 << 3 | 1;
  private static final int SAMPLE_TIME = 2 << 3;
  private static final int SAMPLE_START = 3 << 3;
  private static final int EXEMPLAR_VALUE = 2 << 3 | 1;
  private static final int EXEMPLAR_TIME = 3 << 3;

  /** What the versions number differently; 0 for what one does not have. */
  record Tags(int samples, int histograms, int exemplars, int metadata, int created) {}

  /** How a version writes labels, in a series and in an exemplar alike. */
  interface Labels {
    int FIELD = 1;

    /** Begins a series or an exemplar. */
    void begin();

    /** Reads the content of a field with this tag. */
    void read(int tag, AttributeSlices into) throws MalformedPayloadException;

    /** What was wrong since the beginning; null if nothing was. */
    @Nullable String problem();

    /** Reads a series' metadata. */
    void metadata(WriteRows rows, SeriesLabels series) throws MalformedPayloadException;
  }

  private final WireReader in;
  private final Tags tags;
  private final Labels labelsReader;
  private final int recordBytesMax;
  private final HistogramFields histogram;
  private final AttributeSlices exemplarLabels = new AttributeSlices(new ByteSink(0));

  final SeriesLabels labels = new SeriesLabels();
  final WriteRows.Scratch scratch = new WriteRows.Scratch();

  private long created;
  private long records;

  TimeSeriesReader(WireReader in, Tags tags, Labels labelsReader, int recordBytesMax) {
    this.in = in;
    this.tags = tags;
    this.labelsReader = labelsReader;
    this.recordBytesMax = recordBytesMax;
    histogram = new HistogramFields(in);
  }

  /** Reads the message that ends at {@code to}. */
  void read(int to, WriteRows rows) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    survey(rows);
    Raw raw = new Raw(in.bytes(), from, to - from, in.offsetOf(from));
    String problem = labelsReader.problem();
    if (problem == null) {
      problem = labels.problem(in.bytes());
    }
    if (to - from > recordBytesMax) {
      rows.letters.add(
          "record_too_large",
          "series of %d bytes is over receive.max_record, %d bytes"
              .formatted(to - from, recordBytesMax),
          Math.max(1, records),
          raw);
    } else if (problem != null) {
      rows.letters.add("invalid_labels", problem, Math.max(1, records), raw);
    } else {
      rows.beginSeries(in.bytes());
      in.window(from, to);
      content(rows, raw);
    }
    in.window(to, outer);
  }

  private void survey(WriteRows rows) throws MalformedPayloadException {
    labels.clear();
    labelsReader.begin();
    created = 0;
    records = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag >>> 3 == Labels.FIELD) {
        labelsReader.read(tag, labels.slices());
      } else if (tag == tags.created) {
        created = in.varint();
      } else {
        if (tag == tags.samples || tag == tags.histograms || tag == tags.exemplars) {
          rows.limit.countRecord();
          records++;
        }
        in.skip(tag);
      }
    }
  }

  private void content(WriteRows rows, Raw raw) throws MalformedPayloadException {
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == tags.samples) {
        int length = in.length();
        sample(in.at() + length, rows);
      } else if (tag == tags.histograms) {
        int length = in.length();
        histogram(in.at() + length, rows, raw);
      } else if (tag == tags.exemplars) {
        int length = in.length();
        exemplar(in.at() + length, rows, raw);
      } else if (tag == tags.metadata) {
        labelsReader.metadata(rows, labels);
      } else {
        in.skip(tag);
      }
    }
  }

  private void sample(int to, WriteRows rows) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    long value = 0;
    long time = 0;
    long start = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case VALUE -> value = in.fixed64();
        case SAMPLE_TIME -> time = in.varint();
        case SAMPLE_START -> start = in.varint();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    rows.sample(value, time, start == 0 ? created : start);
  }

  private void histogram(int to, WriteRows rows, Raw raw) throws MalformedPayloadException {
    histogram.read(to, rows.limit);
    String problem = histogram.problem();
    if (problem == null) {
      rows.histogram(histogram, created);
    } else {
      rows.letters.add("invalid_histogram", problem, 1, raw);
    }
  }

  private void exemplar(int to, WriteRows rows, Raw raw) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    exemplarLabels.clear();
    labelsReader.begin();
    long value = 0;
    long time = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag >>> 3 == Labels.FIELD) {
        labelsReader.read(tag, exemplarLabels);
      } else {
        switch (tag) {
          case EXEMPLAR_VALUE -> value = in.fixed64();
          case EXEMPLAR_TIME -> time = in.varint();
          default -> in.skip(tag);
        }
      }
    }
    in.window(to, outer);
    String problem = labelsReader.problem();
    if (problem == null) {
      rows.exemplar(exemplarLabels, value, time);
    } else {
      rows.letters.add("invalid_exemplar", problem, 1, raw);
    }
  }
}
