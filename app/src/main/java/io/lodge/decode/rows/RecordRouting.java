package io.lodge.decode.rows;

import static io.lodge.route.when.Truth.FALSE;
import static io.lodge.route.when.Truth.TRUE;

import io.lodge.decode.Decoded;
import io.lodge.model.Payload;
import io.lodge.route.Action;
import io.lodge.route.Destination;
import io.lodge.route.Routing;
import io.lodge.route.RoutingRule;
import io.lodge.route.RuleTally;
import io.lodge.route.when.Evaluation;
import io.lodge.route.when.Level;
import io.lodge.route.when.Signal;
import io.lodge.route.when.Text;
import io.lodge.route.when.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the routing rules for the records of one signal. What a condition asks of the request,
 * the resource and the scope is tested once for each of them; a record costs nothing where no rule
 * is left that could hold for it.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class RecordRouting {
  /** Text that rules compose: a cell of memory for so much of it. */
  private static final int BYTES_PER_CELL = 16;

  private final Routing routing;

  /** The rules for this signal, and the place of each among all rules: what tallies count by. */
  private final List<RoutingRule> rules;

  private final int[] places;
  private final boolean asksResource;
  private final boolean asksSources;
  private final boolean[] asksRecord;

  /** What the conditions came to for the present request, then with its resource, and its scope. */
  private final Truth[] ofRequest;

  private final Truth[] ofResource;
  private final Truth[] ofScope;

  /** The rules that may hold for a record of the present scope. */
  private final int[] live;

  private int liveCount;
  private final SourceScratch source;
  private final SourceMemo memo = new SourceMemo();
  private final RecordSubject subject;
  private final Evaluation in;
  private final Text traceId = new Text();
  private final RecordChanges changes = new RecordChanges();
  private RuleTally tally = new RuleTally();
  private @Nullable RecordWatcher watcher;
  private int resourceNumber;
  private int scopeNumber;
  private Destination destination = Destination.GENERIC_LOGS;
  private int sampleRate;
  private long receivedNanos;

  /**
   * @param source the present resource and scope
   */
  public RecordRouting(Routing routing, Signal signal, SourceScratch source) {
    this.routing = routing;
    places = routing.on(signal);
    rules = IntStream.of(places).mapToObj(routing.rules()::get).toList();
    subject = new RecordSubject(signal, source);
    in = new Evaluation(subject);
    this.source = source;
    asksResource = rules.stream().anyMatch(rule -> rule.condition().asks(Level.RESOURCE));
    asksSources =
        asksResource || rules.stream().anyMatch(rule -> rule.condition().asks(Level.SCOPE));
    asksRecord = new boolean[rules.size()];
    for (int i = 0; i < asksRecord.length; i++) {
      asksRecord[i] = rules.get(i).condition().asks(Level.RECORD);
    }
    ofRequest = new Truth[rules.size()];
    ofResource = new Truth[rules.size()];
    ofScope = new Truth[rules.size()];
    live = new int[rules.size()];
  }

  /** Whether a resource and a scope have to be known before their first record. */
  boolean asksSources() {
    return asksSources;
  }

  /** Begins a payload. */
  public void beginPayload(Payload payload, Decoded decoded) {
    watcher = decoded.watcher();
    if (rules.isEmpty()) {
      return;
    }
    tally = decoded.rules();
    tally.follow(routing);
    subject.payload(payload);
    receivedNanos = payload.receivedUnixNanos();
    Arrays.fill(ofRequest, TRUE);
    test(Level.REQUEST, ofRequest, ofRequest);
    resourceNumber = 0;
    scopeNumber = 0;
  }

  /**
   * Says which resource and scope the next record belongs to.
   *
   * @param resource a number from 1 that no other resource of the payload has
   * @param scope a number from 1 that no other scope of the payload has
   */
  public void source(int resource, int scope, byte[] body) {
    if (rules.isEmpty() || (resource == resourceNumber && scope == scopeNumber)) {
      return;
    }
    subject.body(body);
    if (resource != resourceNumber) {
      resourceNumber = resource;
      testResource(body);
    }
    scopeNumber = scope;
    test(Level.SCOPE, ofResource, ofScope);
    liveCount = 0;
    for (int i = 0; i < ofScope.length; i++) {
      if (ofScope[i] != FALSE) {
        live[liveCount++] = i;
      }
    }
  }

  private void testResource(byte[] body) {
    if (!asksResource) {
      System.arraycopy(ofRequest, 0, ofResource, 0, ofRequest.length);
      return;
    }
    Truth[] known = memo.find(subject.tenant(), source.resource.attributes, body);
    if (known != null) {
      System.arraycopy(known, 0, ofResource, 0, known.length);
      return;
    }
    test(Level.RESOURCE, ofRequest, ofResource);
    memo.keep(ofResource);
  }

  private void test(Level level, Truth[] before, Truth[] after) {
    for (int i = 0; i < after.length; i++) {
      after[i] =
          before[i] == FALSE ? FALSE : before[i].and(rules.get(i).condition().test(level, in));
    }
  }

  /** The lane of the record that was kept last, if it is a log record. */
  Destination destination() {
    return destination;
  }

  /** How many records the record that was kept last stands for. */
  public int sampleRate() {
    return sampleRate;
  }

  /** The memory that rules' text has taken since the last call, in cells of a request's limit. */
  public int takeCells() {
    return changes.takeGrowthBytes() / BYTES_PER_CELL;
  }

  /**
   * Changes the record as the rules say.
   *
   * @param rawFrom the index in {@code body} of the record as received
   * @param rawOffset where it began in the decompressed body
   * @return whether it is stored: else it is dropped
   */
  public boolean keeps(RuledRecord record, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    sampleRate = 1;
    destination = Destination.GENERIC_LOGS;
    if (watcher != null) {
      return watched(watcher, record, body, rawFrom, rawLength, rawOffset);
    }
    return liveCount == 0 || follow(record, body, rawFrom, rawLength, rawOffset);
  }

  private boolean watched(
      RecordWatcher by,
      RuledRecord record,
      byte[] body,
      int rawFrom,
      int rawLength,
      int rawOffset) {
    by.before(record, body);
    if (!follow(record, body, rawFrom, rawLength, rawOffset)) {
      by.dropped();
      return false;
    }
    by.kept(record, body, destination, sampleRate);
    return true;
  }

  private boolean follow(
      RuledRecord record, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    subject.record(record, body);
    for (int k = 0; k < liveCount; k++) {
      int i = live[k];
      RoutingRule rule = rules.get(i);
      Truth truth =
          asksRecord[i] ? ofScope[i].and(rule.condition().test(Level.RECORD, in)) : ofScope[i];
      if (truth != TRUE) {
        if (truth != FALSE) {
          tally.countFailed(places[i]);
        }
        continue;
      }
      tally.countFired(places[i]);
      List<Action> actions = rule.actions();
      for (int a = 0; a < actions.size(); a++) {
        switch (actions.get(a)) {
          case Action.ParseClickHouse _ -> changes.parseClickHouse(record, body);
          case Action.ExtractJson extract -> changes.extract(extract, record, body);
          case Action.Rename rename -> changes.rename(rename, record, body);
          case Action.Redact redact -> changes.redact(redact, record, body);
          case Action.Lane lane -> destination = lane.to();
          case Action.Sample sample -> {
            subject.traceId(traceId);
            long hash = SampleHash.of(traceId, body, rawFrom, rawLength, rawOffset, receivedNanos);
            if (!SampleHash.keeps(hash, sample.oneIn())) {
              tally.countDropped(places[i]);
              return false;
            }
            sampleRate = Math.max(sampleRate, sample.oneIn());
          }
          case Action.Drop _ -> {
            tally.countDropped(places[i]);
            return false;
          }
          case Action.Stop _ -> {
            return true;
          }
        }
      }
    }
    return true;
  }
}
