package io.lodge.decode.prometheus;

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
  /** What the versions number differently; 0 for what one does not have. */
  record Tags(int samples, int histograms, int exemplars, int metadata, int created) {}

  /** How a version writes labels, in a series and in an exemplar alike. */
  interface Labels {
    int FIELD = 1;

    /** Whether labels stand in the series itself: then the same bytes are the same labels. */
    boolean inPlace();

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
  private final SeriesContent content;

  final SeriesLabels labels = new SeriesLabels();
  final SeriesCache cache = labels.cache();
  final WriteRows.Scratch scratch = new WriteRows.Scratch();

  /** Where the present series' labels stand, if one behind the other. */
  private int labelsFrom;

  private int labelsTo;
  private boolean together;
  private boolean read;

  private long created;
  private long records;

  TimeSeriesReader(WireReader in, Tags tags, Labels labelsReader, int recordBytesMax) {
    this.in = in;
    this.tags = tags;
    this.labelsReader = labelsReader;
    this.recordBytesMax = recordBytesMax;
    content = new SeriesContent(in, tags, labelsReader);
  }

  /** Reads the message that ends at {@code to}. */
  void read(int to, WriteRows rows) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    survey(rows);
    Raw raw = new Raw(in.bytes(), from, to - from, in.offsetOf(from));
    String problem = to - from > recordBytesMax ? null : begin(rows);
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
      in.window(from, to);
      content.read(rows, raw, labels, created);
    }
    in.window(to, outer);
  }

  /** Finds out which series it is; what is wrong with its labels, null if nothing is. */
  private @Nullable String begin(WriteRows rows) throws MalformedPayloadException {
    byte[] body = in.bytes();
    boolean inPlace = labelsReader.inPlace() && together;
    long key = inPlace ? cache.key(body, labelsFrom, labelsTo - labelsFrom, rows.seed) : 0;
    if (inPlace && cache.find(key)) {
      rows.beginSeries(this, body, labelsFrom + cache.nameAt(), cache.nameLength(), cache.id());
      return null;
    }
    slices();
    String problem = labelsReader.problem();
    if (problem == null) {
      problem = labels.problem(body);
    }
    if (problem == null) {
      long id = labels.id(rows.tenant, body);
      key = inPlace ? key : id;
      if (!cache.find(key)) {
        cache.add(
            key, id, labels.nameAt() - labelsFrom, labels.nameLength(), labels.slices().count());
      }
      rows.beginSeries(this, body, labels.nameAt(), labels.nameLength(), id);
    }
    return problem;
  }

  /** Walks over the series once, for where its labels are and how much else there is. */
  private void survey(WriteRows rows) throws MalformedPayloadException {
    labels.clear();
    labelsReader.begin();
    created = 0;
    records = 0;
    labelsFrom = in.at();
    labelsTo = labelsFrom;
    together = true;
    read = !labelsReader.inPlace();
    while (in.hasMore()) {
      int at = in.at();
      int tag = in.tag();
      if (tag >>> 3 == Labels.FIELD) {
        label(at, tag);
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

  private void label(int at, int tag) throws MalformedPayloadException {
    if (labelsTo == labelsFrom) {
      labelsFrom = at;
    } else {
      together &= at == labelsTo;
    }
    if (read) {
      labelsReader.read(tag, labels.slices());
    } else {
      in.skip(tag);
    }
    labelsTo = in.at();
  }

  /** The labels of the present series, read now if they have not been. */
  AttributeSlices slices() throws MalformedPayloadException {
    if (!read) {
      read = true;
      int at = in.at();
      int end = in.end();
      in.window(labelsFrom, labelsTo);
      while (in.hasMore()) {
        int tag = in.tag();
        if (tag >>> 3 == Labels.FIELD) {
          labelsReader.read(tag, labels.slices());
        } else {
          in.skip(tag);
        }
      }
      in.window(at, end);
      labels.findName(in.bytes());
    }
    return labels.slices();
  }
}
