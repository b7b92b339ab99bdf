package io.lodge.decode.prometheus;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * {@code prometheus.WriteRequest} → rows. Reused from payload to payload; belongs to one thread.
 * Source: Prometheus Remote-Write 1.0, and {@code prompb/types.proto} for what came later.
 */
public final class WriteV1 implements BodyDecoder, TimeSeriesReader.Labels {
  private static final int TIMESERIES = 1 << 3 | 2;
  private static final int METADATA = 3 << 3 | 2;
  private static final TimeSeriesReader.Tags TAGS =
      new TimeSeriesReader.Tags(2 << 3 | 2, 4 << 3 | 2, 3 << 3 | 2, 0, 0);

  private static final int LABELS = FIELD << 3 | 2;
  private static final int FIRST_TEXT = 1 << 3 | 2;
  private static final int SECOND_TEXT = 2 << 3 | 2;
  private static final int TYPE = 1 << 3;
  private static final int HELP = 4 << 3 | 2;
  private static final int UNIT = 5 << 3 | 2;

  private final WireReader in = new WireReader();
  private final TimeSeriesReader series;

  /**
   * @param recordBytesMax larger series go to the dead letters
   */
  public WriteV1(int recordBytesMax) {
    series = new TimeSeriesReader(in, TAGS, this, recordBytesMax);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    WriteRows rows = new WriteRows(payload, lanes, decoded, series);
    in.open(body.bytes(), body.offset(), body.length());
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TIMESERIES -> {
          int length = in.length();
          series.read(in.at() + length, rows);
        }
        case METADATA -> {
          int length = in.length();
          metadata(in.at() + length, rows);
        }
        default -> in.skip(tag);
      }
    }
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public void begin() {}

  @Override
  public void read(int tag, AttributeSlices into) throws MalformedPayloadException {
    if (tag != LABELS) {
      in.skip(tag);
      return;
    }
    int length = in.length();
    int to = in.at() + length;
    int outer = in.end();
    in.window(in.at(), to);
    int nameAt = 0;
    int nameLength = 0;
    int valueAt = 0;
    int valueLength = 0;
    while (in.hasMore()) {
      int field = in.tag();
      switch (field) {
        case FIRST_TEXT -> {
          nameLength = in.length();
          nameAt = in.at();
          in.skipTo(nameAt + nameLength);
        }
        case SECOND_TEXT -> {
          valueLength = in.length();
          valueAt = in.at();
          in.skipTo(valueAt + valueLength);
        }
        default -> in.skip(field);
      }
    }
    into.add(nameAt, nameLength, valueAt, valueLength);
    in.window(to, outer);
  }

  @Override
  public @Nullable String problem() {
    return null;
  }

  @Override
  public void metadata(WriteRows rows, SeriesLabels labels) {
    throw new IllegalStateException("unexpected metadata in a series of remote write 1");
  }

  private void metadata(int to, WriteRows rows) throws MalformedPayloadException {
    int outer = in.end();
    in.window(in.at(), to);
    int type = 0;
    Slice name = Slice.EMPTY;
    Slice help = Slice.EMPTY;
    Slice unit = Slice.EMPTY;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TYPE -> type = (int) in.varint();
        case SECOND_TEXT -> name = text();
        case HELP -> help = text();
        case UNIT -> unit = text();
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    rows.describe(type, name, help, unit, in.bytes());
  }

  private Slice text() throws MalformedPayloadException {
    int length = in.length();
    Slice text = new Slice(in.at(), length);
    in.skipTo(text.at() + length);
    return text;
  }
}
