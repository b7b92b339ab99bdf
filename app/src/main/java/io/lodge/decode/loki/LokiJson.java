package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;

/**
 * Loki's push request in JSON → rows: {@code {"streams": [{"stream": {…}, "values": [["<ns>",
 * "line", {…}]]}]}}, and the older {@code {"labels": "{…}", "entries": [{"ts": …, "line": …}]}}.
 * Reused from payload to payload; belongs to one thread.
 */
public final class LokiJson implements BodyDecoder {
  private final int recordBytesMax;
  private final TokenStreamFactory factory;
  private final LokiRows.Scratch scratch;
  private final PushedStream stream;

  /** A name that no label can have. */
  private @Nullable String badName;

  /**
   * @param recordBytesMax larger entries go to the dead letters
   * @param routing what becomes of the others
   */
  public LokiJson(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new LokiRows.Scratch(routing);
    stream = scratch.stream;
    factory = JsonReader.factory(Integer.MAX_VALUE);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    LokiRows rows = new LokiRows(payload, lanes, decoded, scratch, recordBytesMax);
    try (JsonReader in = new JsonReader(factory, body)) {
      in.next();
      in.enterObject();
      for (String name = in.nextMember(); name != null; name = in.nextMember()) {
        if (name.equals("streams")) {
          in.enterArray();
          while (in.nextElement()) {
            stream(in, rows);
          }
        } else {
          in.skip();
        }
      }
      in.end();
    }
  }

  private void stream(JsonReader in, LokiRows rows) throws MalformedPayloadException {
    rows.beginStream();
    badName = null;
    String problem = null;
    boolean isText = false;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "stream" -> {
          stream.labelsFrom = in.tokenFrom();
          pairs(in, stream.labels, true);
          stream.labelsLength = in.tokenTo() - stream.labelsFrom;
        }
        case "values" -> values(in, rows);
        case "labels" -> {
          stream.labelsFrom = in.tokenFrom();
          byte[] text = in.string().getBytes(UTF_8);
          stream.labelsLength = in.tokenTo() - stream.labelsFrom;
          problem = text(text);
          isText = true;
        }
        case "entries" -> entries(in, rows);
        default -> in.skip();
      }
    }
    stream.problem = isText ? problem : problem(in.bytes());
    rows.endStream(in.bytes());
  }

  /** Labels in their text form, kept among what was rendered: slices must lie in one of the two. */
  private @Nullable String text(byte[] source) {
    int at = stream.text.length();
    stream.text.putBytes(source, 0, source.length);
    AttributeSlices found = new AttributeSlices(stream.text);
    String problem = new LabelText(found, stream.text).read(source, 0, source.length);
    for (int i = 0; i < found.count(); i++) {
      int valueAt = found.valueAt(i);
      stream.labels.add(
          ~(at + found.keyAt(i)),
          found.keyLength(i),
          valueAt < 0 ? valueAt : ~(at + valueAt),
          found.valueLength(i));
    }
    return problem;
  }

  private @Nullable String problem(byte[] body) {
    if (badName != null) {
      return "Error parsing labels with error: invalid label name '%s'".formatted(badName);
    }
    return LabelText.problemOf(stream.labels, body);
  }

  /** An object of strings. */
  private void pairs(JsonReader in, AttributeSlices into, boolean areLabels)
      throws MalformedPayloadException {
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      byte[] key = name.getBytes(UTF_8);
      if (areLabels && !LabelText.isName(key, 0, key.length)) {
        badName = name;
      }
      int keyAt = stream.text.length();
      stream.text.putBytes(key, 0, key.length);
      int valueAt = stream.text.length();
      in.string(stream.text);
      int length = stream.text.length() - valueAt;
      if (length > 0 || !areLabels) {
        into.add(~keyAt, key.length, ~valueAt, length);
      }
    }
  }

  private void values(JsonReader in, LokiRows rows) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      rows.countEntry();
      int from = in.tokenFrom();
      in.enterArray();
      in.nextElement();
      long unixNanos = nanos(in);
      in.nextElement();
      int lineAt = stream.text.length();
      in.string(stream.text);
      int length = stream.text.length() - lineAt;
      if (in.nextElement()) {
        pairs(in, stream.metadata, false);
        if (in.nextElement()) {
          throw in.unexpected("the end of an entry");
        }
      }
      stream.addEntry(unixNanos, ~lineAt, length, from, in.tokenTo() - from, in.offsetOf(from));
    }
  }

  private static long nanos(JsonReader in) throws MalformedPayloadException {
    if (!in.isString()) {
      throw in.unexpected("a string of nanoseconds");
    }
    return in.int64();
  }

  /** The entries of Loki before 1.0. */
  private void entries(JsonReader in, LokiRows rows) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      rows.countEntry();
      int from = in.tokenFrom();
      long unixNanos = 0;
      int lineAt = 0;
      int length = 0;
      in.enterObject();
      for (String name = in.nextMember(); name != null; name = in.nextMember()) {
        switch (name) {
          case "ts", "timestamp" -> unixNanos = instant(in);
          case "line" -> {
            lineAt = stream.text.length();
            in.string(stream.text);
            length = stream.text.length() - lineAt;
          }
          default -> in.skip();
        }
      }
      stream.addEntry(unixNanos, ~lineAt, length, from, in.tokenTo() - from, in.offsetOf(from));
    }
  }

  private static long instant(JsonReader in) throws MalformedPayloadException {
    try {
      Instant instant = OffsetDateTime.parse(in.string()).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw in.unexpected("a time of RFC 3339");
    }
  }
}
