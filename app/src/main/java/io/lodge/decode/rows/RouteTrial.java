package io.lodge.decode.rows;

import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Destination;
import io.lodge.route.Routing;
import io.lodge.route.Rules;
import io.lodge.route.when.Field;
import io.lodge.route.when.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows what routing rules do, record by record, with the very code that follows them, for every
 * kind of payload. Stores nothing.
 */
public final class RouteTrial {
  private static final int BYTES_MAX = 64 << 20;

  private final PayloadDecoder decoder;

  /**
   * What came of one record.
   *
   * @param fired the rules whose condition held, in order
   * @param failed the rules whose condition had no answer
   * @param to the table it is stored in; empty if it is dropped
   * @param sampleRate how many records it stands for
   * @param before as sent
   * @param after as stored
   */
  public record Result(
      List<String> fired,
      List<String> failed,
      Optional<String> to,
      int sampleRate,
      Shown before,
      Shown after) {}

  /**
   * A record's parts that rules can change, as text: what its kind has beside attributes, and
   * these, in order.
   */
  public record Shown(Map<String, String> texts, Map<String, String> attributes) {}

  /**
   * What came of a payload.
   *
   * @param rejected records that go to the dead letters: no rule is tried on them
   * @param reason why the first of them does
   */
  public record Trial(List<Result> results, long rejected, String reason) {}

  public RouteTrial(Routing routing) {
    decoder = new PayloadDecoder(BYTES_MAX, BYTES_MAX, Rules.NONE.with(routing));
  }

  /**
   * Routes every record of a body.
   *
   * @param context what a request says beside its body: a dataset, a syslog message's origin
   * @throws MalformedPayloadException if the body is not what its kind says
   */
  public Trial of(PayloadKind kind, String context, byte[] body) throws MalformedPayloadException {
    var payload =
        new Payload(kind, ContentEncoding.IDENTITY, "default", context, 0, body, 0, body.length);
    Watcher watcher = new Watcher();
    Decoded decoded = Decoded.watched(watcher);
    watcher.decoded = decoded;
    try {
      decoder.decode(payload, new Lanes(), decoded);
    } catch (BodyTooLargeException e) {
      throw new MalformedPayloadException(0, String.valueOf(e.getMessage()));
    }
    return new Trial(watcher.results, decoded.rejected(), decoded.firstReason());
  }

  /** Notes what each record was and what it has become. */
  private static final class Watcher implements RecordWatcher {
    private final List<Result> results = new ArrayList<>();
    private Decoded decoded = new Decoded();
    private Shown before = new Shown(Map.of(), Map.of());

    @Override
    public void before(RuledRecord record, byte[] body) {
      before = show(record, body);
      decoded.rules().reset();
    }

    @Override
    public void dropped() {
      add(Optional.empty(), 1, before);
    }

    @Override
    public void kept(RuledRecord record, byte[] body, Destination to, int sampleRate) {
      String table =
          switch (record) {
            case LogFields _ -> to.word();
            case SpanFields _ -> "otel_traces";
            case RuledRecord _ -> "wide_events";
          };
      add(Optional.of(table), sampleRate, show(record, body));
    }

    private void add(Optional<String> to, int sampleRate, Shown after) {
      List<String> fired = new ArrayList<>();
      List<String> failed = new ArrayList<>();
      decoded
          .rules()
          .read((name, held, _, broken) -> (broken > 0 && held == 0 ? failed : fired).add(name));
      results.add(new Result(fired, failed, to, sampleRate, before, after));
    }
  }

  private static Shown show(RuledRecord record, byte[] body) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    add(record, record.attributes, 0, record.attributes.count(), "", body, attributes);
    switch (record) {
      case LogFields log -> {
        String severity = text(log, Field.SEVERITY_TEXT, body) + " " + log.severityNumber;
        texts.put("severity", severity.strip());
        texts.put("body", text(log, Field.BODY, body));
      }
      case SpanFields span -> {
        texts.put("name", text(span, Field.NAME, body));
        texts.put("status", text(span, Field.STATUS_MESSAGE, body));
        SpanEvents events = span.events;
        for (int i = 0; i < events.count(); i++) {
          add(
              span,
              events.attributes,
              events.attributesFrom(i),
              events.attributesTo(i),
              "event %d: ".formatted(i + 1),
              body,
              attributes);
        }
      }
      case RuledRecord event -> texts.put("dataset", text(event, Field.DATASET, body));
    }
    return new Shown(texts, attributes);
  }

  private static void add(
      RuledRecord record,
      AttributeSlices slices,
      int from,
      int to,
      String prefix,
      byte[] body,
      Map<String, String> into) {
    Text text = new Text();
    for (int i = from; i < to; i++) {
      record.point(text, body, slices.keyAt(i), slices.keyLength(i));
      String key = prefix + text;
      record.point(text, body, slices.valueAt(i), slices.valueLength(i));
      into.put(key, text.toString());
    }
  }

  private static String text(RuledRecord record, Field field, byte[] body) {
    Text text = new Text();
    record.point(field, body, text);
    return text.toString();
  }
}
