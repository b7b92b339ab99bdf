package io.lodge.decode.prometheus;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code io.prometheus.write.v2.Request} → rows. Reused from payload to payload; belongs to one
 * thread. Source: Prometheus Remote-Write 2.0.
 */
public final class WriteV2 implements BodyDecoder, TimeSeriesReader.Labels {
  private static final int SYMBOLS = 4 << 3 | 2;
  private static final int TIMESERIES = 5 << 3 | 2;
  private static final TimeSeriesReader.Tags TAGS =
      new TimeSeriesReader.Tags(2 << 3 | 2, 3 << 3 | 2, 4 << 3 | 2, 5 << 3 | 2, 6 << 3);
  private static final int TYPE = 1 << 3;
  private static final int HELP_REF = 3 << 3;
  private static final int UNIT_REF = 4 << 3;
  private static final int NONE = -1;

  private final WireReader in = new WireReader();
  private final TimeSeriesReader series;

  private int[] symbolAt = new int[256];
  private int[] symbolLength = new int[256];
  private int symbols;

  /** The symbol of a label's name whose value comes next. */
  private long pendingName;

  private long badReference;

  /**
   * @param recordBytesMax larger series go to the dead letters
   */
  public WriteV2(int recordBytesMax) {
    series = new TimeSeriesReader(in, TAGS, this, recordBytesMax);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    WriteRows rows = new WriteRows(payload, lanes, decoded, series);
    in.open(body.bytes(), body.offset(), body.length());
    readSymbols();
    in.window(body.offset(), body.offset() + body.length());
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == TIMESERIES) {
        int length = in.length();
        series.read(in.at() + length, rows);
      } else {
        in.skip(tag);
      }
    }
    rows.report();
  }

  /** All of them first: the wire promises no order of fields. */
  private void readSymbols() throws MalformedPayloadException {
    symbols = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag != SYMBOLS) {
        in.skip(tag);
        continue;
      }
      if (symbols == symbolAt.length) {
        symbolAt = Arrays.copyOf(symbolAt, symbols * 2);
        symbolLength = Arrays.copyOf(symbolLength, symbols * 2);
      }
      int length = in.length();
      symbolAt[symbols] = in.at();
      symbolLength[symbols++] = length;
      in.skipTo(in.at() + length);
    }
    if (symbols > 0 && symbolLength[0] != 0) {
      throw new MalformedPayloadException(0, "the first symbol is not empty");
    }
  }

  /** Labels are numbers of the request's own symbols. */
  @Override
  public boolean inPlace() {
    return false;
  }

  @Override
  public void begin() {
    pendingName = NONE;
    badReference = NONE;
  }

  /** References in pairs, packed or one by one. */
  @Override
  public void read(int tag, AttributeSlices into) throws MalformedPayloadException {
    switch (tag & 7) {
      case 0 -> reference(in.varint() & 0xFFFFFFFFL, into);
      case 2 -> {
        int length = in.length();
        int to = in.at() + length;
        int outer = in.end();
        in.window(in.at(), to);
        while (in.hasMore()) {
          reference(in.varint() & 0xFFFFFFFFL, into);
        }
        in.window(to, outer);
      }
      default -> in.skip(tag);
    }
  }

  private void reference(long symbol, AttributeSlices into) {
    if (symbol >= symbols) {
      badReference = symbol;
    } else if (pendingName == NONE) {
      pendingName = symbol;
    } else {
      int name = (int) pendingName;
      int value = (int) symbol;
      into.add(symbolAt[name], symbolLength[name], symbolAt[value], symbolLength[value]);
      pendingName = NONE;
    }
  }

  @Override
  public @Nullable String problem() {
    if (badReference != NONE) {
      return "invalid labels: symbol %d does not exist, the request has %d"
          .formatted(badReference, symbols);
    }
    return pendingName == NONE ? null : "invalid labels: a name has no value, references are pairs";
  }

  @Override
  public void metadata(WriteRows rows, SeriesLabels labels) throws MalformedPayloadException {
    int length = in.length();
    int to = in.at() + length;
    int outer = in.end();
    in.window(in.at(), to);
    int type = 0;
    Slice help = Slice.EMPTY;
    Slice unit = Slice.EMPTY;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TYPE -> type = (int) in.varint();
        case HELP_REF -> help = symbol(in.varint());
        case UNIT_REF -> unit = symbol(in.varint());
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    if (type != 0 || help.length() > 0 || unit.length() > 0) {
      rows.describe(type, new Slice(labels.nameAt(), labels.nameLength()), help, unit, in.bytes());
    }
  }

  /** A reference to nothing costs the help or unit, not the samples. */
  private Slice symbol(long reference) {
    long symbol = reference & 0xFFFFFFFFL;
    return symbol < symbols
        ? new Slice(symbolAt[(int) symbol], symbolLength[(int) symbol])
        : Slice.EMPTY;
  }
}
