package io.lodge.decode.otlp;

import static io.lodge.route.when.Truth.FALSE;
import static io.lodge.route.when.Truth.TRUE;

import io.lodge.model.Payload;
import io.lodge.route.Action;
import io.lodge.route.Destination;
import io.lodge.route.Routing;
import io.lodge.route.RoutingRule;
import io.lodge.route.RuleTally;
import io.lodge.route.when.Evaluation;
import io.lodge.route.when.Level;
import io.lodge.route.when.Truth;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the routing rules for log records. What a condition asks of the request, the resource and
 * the scope is tested once for each of them; a record costs nothing where no rule is left that
 * could hold for it.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
final class LogRouting {
  private final Routing routing;
  private final List<RoutingRule> rules;
  private final boolean asksSources;
  private final boolean[] asksRecord;

  /** What the conditions came to for the present request, then with its resource, and its scope. */
  private final Truth[] ofRequest;

  private final Truth[] ofResource;
  private final Truth[] ofScope;

  /** The rules that may hold for a record of the present scope. */
  private final int[] live;

  private int liveCount;
  private final LogSubject subject;
  private final Evaluation in;
  private final RecordChanges changes = new RecordChanges();
  private RuleTally tally = new RuleTally();
  private int resourceNumber;
  private int scopeNumber;
  private int sampleRate;
  private long receivedNanos;

  LogRouting(Routing routing, SourceScratch source) {
    this.routing = routing;
    rules = routing.rules();
    subject = new LogSubject(source);
    in = new Evaluation(subject);
    asksSources =
        rules.stream()
            .anyMatch(rule ->
                rule.condition().asks(Level.RESOURCE) || rule.condition().asks(Level.SCOPE));
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

  void beginPayload(Payload payload, RuleTally counts) {
    if (rules.isEmpty()) {
      return;
    }
    tally = counts;
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
   * @param resource a number that no other resource of the payload has
   * @param scope a number that no other scope of the payload has
   */
  void source(int resource, int scope, byte[] body) {
    if (rules.isEmpty() || (resource == resourceNumber && scope == scopeNumber)) {
      return;
    }
    subject.body(body);
    if (resource != resourceNumber) {
      resourceNumber = resource;
      test(Level.RESOURCE, ofRequest, ofResource);
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

  private void test(Level level, Truth[] before, Truth[] after) {
    for (int i = 0; i < after.length; i++) {
      after[i] =
          before[i] == FALSE ? FALSE : before[i].and(rules.get(i).condition().test(level, in));
    }
  }

  /** How many records the record that was routed last stands for. */
  int sampleRate() {
    return sampleRate;
  }

  /** The composed text that rules have added to records since the last call, in bytes. */
  int takeGrowthBytes() {
    return changes.takeGrowthBytes();
  }

  /**
   * Changes the record as the rules say.
   *
   * @param rawFrom the index in {@code body} of the record as received
   * @param rawOffset where it began in the decompressed body
   * @return where it goes; null if it is dropped
   */
  @Nullable Destination route(
      LogFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    sampleRate = 1;
    Destination to = Destination.GENERIC_LOGS;
    if (liveCount == 0) {
      return to;
    }
    subject.record(fields, body);
    for (int k = 0; k < liveCount; k++) {
      int i = live[k];
      RoutingRule rule = rules.get(i);
      Truth truth =
          asksRecord[i] ? ofScope[i].and(rule.condition().test(Level.RECORD, in)) : ofScope[i];
      if (truth != TRUE) {
        if (truth != FALSE) {
          tally.countFailed(i);
        }
        continue;
      }
      tally.countFired(i);
      List<Action> actions = rule.actions();
      for (int a = 0; a < actions.size(); a++) {
        switch (actions.get(a)) {
          case Action.ParseClickHouse _ -> changes.parseClickHouse(fields, body);
          case Action.ExtractJson extract -> changes.extract(extract, fields, body);
          case Action.Rename rename -> changes.rename(rename, fields, body);
          case Action.Redact redact -> changes.redact(redact, fields, body);
          case Action.Lane lane -> to = lane.to();
          case Action.Sample sample -> {
            long hash = SampleHash.of(fields, body, rawFrom, rawLength, rawOffset, receivedNanos);
            if (!SampleHash.keeps(hash, sample.oneIn())) {
              tally.countDropped(i);
              return null;
            }
            sampleRate = Math.max(sampleRate, sample.oneIn());
          }
          case Action.Drop _ -> {
            tally.countDropped(i);
            return null;
          }
          case Action.Stop _ -> {
            return to;
          }
        }
      }
    }
    return to;
  }
}
