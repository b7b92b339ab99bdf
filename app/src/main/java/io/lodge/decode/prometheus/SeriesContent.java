package io.lodge.decode.prometheus;

import io.lodge.block.ByteSink;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.WireReader;

/** Reads what a series has: samples, histograms, exemplars and metadata. */
final class SeriesContent {
  private static final int VALUE = 1 << 3 | 1;
  private static final int SAMPLE_TIME = 2 << 3;
  private static final int SAMPLE_START = 3 << 3;
  private static final int EXEMPLAR_VALUE = 2 << 3 | 1;
  private static final int EXEMPLAR_TIME = 3 << 3;

  private final WireReader in;
  private final TimeSeriesReader.Tags tags;
  private final TimeSeriesReader.Labels labelsReader;
  private final HistogramFields histogram;
  private final AttributeSlices exemplarLabels = new AttributeSlices(new ByteSink(0));
  private long created;

  SeriesContent(WireReader in, TimeSeriesReader.Tags tags, TimeSeriesReader.Labels labelsReader) {
    this.in = in;
    this.tags = tags;
    this.labelsReader = labelsReader;
    histogram = new HistogramFields(in);
  }

  /**
   * Reads what the window has beside labels.
   *
   * @param series whose it is
   * @param createdMillis when the series began, as it says; 0 if it does not
   */
  void read(WriteRows rows, Raw raw, SeriesLabels series, long createdMillis)
      throws MalformedPayloadException {
    created = createdMillis;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == tags.samples()) {
        int length = in.length();
        sample(in.at() + length, rows);
      } else if (tag == tags.histograms()) {
        int length = in.length();
        histogram(in.at() + length, rows, raw);
      } else if (tag == tags.exemplars()) {
        int length = in.length();
        exemplar(in.at() + length, rows, raw);
      } else if (tag == tags.metadata()) {
        labelsReader.metadata(rows, series);
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
      if (tag >>> 3 == TimeSeriesReader.Labels.FIELD) {
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
