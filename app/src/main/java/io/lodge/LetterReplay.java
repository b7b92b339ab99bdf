package io.lodge;

import io.lodge.api.ask.LetterDesk.HeldBack;
import io.lodge.api.ask.LetterDesk.Order;
import io.lodge.api.ask.LetterDesk.Report;
import io.lodge.decode.letter.Letter;
import io.lodge.decode.letter.LetterRequest;
import io.lodge.decode.letter.Replay;
import io.lodge.deliver.Delivery;
import io.lodge.model.Outcome;
import io.lodge.model.PayloadKind;
import io.lodge.query.letters.LetterFilter;
import io.lodge.query.letters.Letters;
import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One run over dead letters: finds those that were not sent again yet, tries them, claims them, and
 * hands them to the intake.
 *
 * <p>Each is stored once. What the intake has accepted is in one segment with the row that says so;
 * before, a row {@code begun} claims it. After a crash the letter of such a claim of this gateway
 * may be on its way, in the journal or the bucket, or was lost before it got there: while any
 * letter may be {@linkplain LettersUnderWay on its way}, such claims are left alone, and once none
 * is and ClickHouse knows no outcome, the letter never got there.
 */
final class LetterReplay {
  /** Of one run: the caller goes on with the next. */
  private static final int LETTERS_MAX = 1000;

  private static final long BYTES_MAX = 16 << 20;

  /** For segments of an earlier run to be stored: a few seconds unless ClickHouse is away. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final LetterOffice.Parts parts;
  private final Execution execution;
  private final Order order;
  private final String gateway;
  private final Optional<PayloadKind> as;
  private final Map<String, HeldBack> heldBack = new LinkedHashMap<>();

  /**
   * A letter that can be sent.
   *
   * @param target the landing table of a row that ClickHouse refused; empty for others
   * @param request of others
   */
  private record Ready(
      Letter letter, String id, String target, Optional<LetterRequest.Whole> request) {}

  LetterReplay(LetterOffice.Parts parts, Execution execution, Order order) throws QueryFault {
    this.parts = parts;
    this.execution = execution;
    this.order = order;
    gateway = parts.journal().gateway();
    as = PayloadKind.labelled(order.as());
    if (as.isEmpty() && !order.as().isEmpty()) {
      throw QueryFault.badRequest("unexpected kind to send letters as; got " + order.as());
    }
  }

  Report run() throws QueryFault, InterruptedException {
    String unsettled = Letters.inDoubt(execution, gateway) == 0 ? "" : settle();
    List<JsonRow> page = Letters.page(execution, order.filter(), order.after(), LETTERS_MAX + 1);
    List<String> ids = prefix(page);
    Map<String, String> claimed = claims(ids, unsettled);
    List<Ready> ready = ready(ids, claimed);
    long sent = order.dryRun() ? ready.size() : send(claim(ready));
    boolean more = ids.size() < page.size();
    return new Report(
        sent, List.copyOf(heldBack.values()), more ? Optional.of(ids.getLast()) : Optional.empty());
  }

  /** As many letters as fit into a run, and at least one. */
  private static List<String> prefix(List<JsonRow> page) {
    List<String> ids = new ArrayList<>();
    long bytes = 0;
    for (JsonRow row : page) {
      bytes += row.count("bytes");
      if (ids.size() == LETTERS_MAX || (bytes > BYTES_MAX && !ids.isEmpty())) {
        break;
      }
      ids.add(row.text("Id"));
    }
    return ids;
  }

  /** Waits until no letter is on its way; says why that is not so. */
  private String settle() throws QueryFault, InterruptedException {
    long endNanos = System.nanoTime() + SETTLE.toNanos();
    while (true) {
      switch (look()) {
        case LettersUnderWay.Where.Nowhere _ -> {
          return "";
        }
        case LettersUnderWay.Where.Stuck stuck -> {
          return stuck.why();
        }
        case LettersUnderWay.Where.Waiting waiting -> {
          if (System.nanoTime() > endNanos) {
            return waiting.why();
          }
          Thread.sleep(LOOK_EVERY);
        }
      }
    }
  }

  private LettersUnderWay.Where look() throws QueryFault {
    try {
      return parts.underWay().look();
    } catch (IOException e) {
      throw QueryFault.of(e);
    }
  }

  /** Why letters that were claimed before are left alone, by their ids. */
  private Map<String, String> claims(List<String> ids, String unsettled)
      throws QueryFault, InterruptedException {
    Map<String, String> why = new HashMap<>();
    for (JsonRow claim : Letters.underWay(execution, ids)) {
      String other = claim.text("Gateway");
      if (!other.equals(gateway)) {
        why.put(claim.text("Letter"), "gateway " + other + " is sending it; ask that one");
      } else if (!unsettled.isEmpty()) {
        why.putIfAbsent(claim.text("Letter"), unsettled);
      }
    }
    return why;
  }

  private List<Ready> ready(List<String> ids, Map<String, String> claimed)
      throws QueryFault, InterruptedException {
    if (ids.isEmpty()) {
      return List.of();
    }
    LetterFilter of = order.filter();
    LetterFilter these =
        new LetterFilter(ids, "", "", "", of.tenant(), of.range(), LetterFilter.Replayed.ANY);
    LetterTrial.One trial = parts.trial().begin();
    List<Ready> ready = new ArrayList<>();
    for (JsonRow row : Letters.whole(execution, these, ids.size())) {
      String id = row.text("Id");
      Letter letter = letter(row);
      String problem = claimed.getOrDefault(id, "");
      if (problem.isEmpty() && letter.kind().equals(Letters.ROW)) {
        // Only ClickHouse can say whether it takes it now.
        ready.add(new Ready(letter, id, row.text("Target"), Optional.empty()));
        continue;
      }
      if (problem.isEmpty()) {
        switch (LetterRequest.of(letter, as)) {
          case LetterRequest.Unfit unfit -> problem = unfit.why();
          case LetterRequest.Whole request -> {
            problem = trial.problem(request, letter.tenant(), letter.receivedUnixNanos());
            if (problem.isEmpty()) {
              ready.add(new Ready(letter, id, "", Optional.of(request)));
            }
          }
        }
      }
      if (!problem.isEmpty()) {
        holdBack(letter, id, problem);
      }
    }
    return ready;
  }

  private static Letter letter(JsonRow row) {
    return new Letter(
        row.text("Kind"),
        row.text("Reason"),
        row.text("Tenant"),
        row.text("Context"),
        row.text("Resource"),
        row.text("Scope"),
        row.text("Parent"),
        row.count("received"),
        Base64.getDecoder().decode(row.text("record")));
  }

  /** Told together if they differ in numbers alone, such as the size of each. */
  private void holdBack(Letter letter, String id, String why) {
    heldBack.merge(
        letter.kind() + '\0' + letter.reason() + '\0' + why.replaceAll("\\d+", "#"),
        new HeldBack(letter.kind(), letter.reason(), why, 1, id),
        (one, _) ->
            new HeldBack(one.kind(), one.reason(), one.why(), one.letters() + 1, one.example()));
  }

  /**
   * Claims letters, and leaves those to others that claim them too: of two gateways that write and
   * then read, one at least sees the other.
   */
  private List<Ready> claim(List<Ready> ready) throws QueryFault, InterruptedException {
    if (ready.isEmpty()) {
      return ready;
    }
    note(ready, "begun");
    Map<String, String> others = claims(ready.stream().map(one -> one.id()).toList(), "");
    List<Ready> mine = new ArrayList<>();
    List<Ready> left = new ArrayList<>();
    for (Ready one : ready) {
      String why = others.get(one.id());
      if (why == null) {
        mine.add(one);
      } else {
        left.add(one);
        holdBack(one.letter(), one.id(), why);
      }
    }
    note(left, "withdrawn");
    return mine;
  }

  private void note(List<Ready> letters, String outcome) throws QueryFault {
    if (letters.isEmpty()) {
      return;
    }
    List<String> ids = letters.stream().map(one -> one.id()).toList();
    try {
      parts.writer().execute(Letters.note(ids, gateway, outcome));
    } catch (IOException e) {
      throw QueryFault.of(e);
    }
  }

  private long send(List<Ready> letters) throws QueryFault, InterruptedException {
    long sent = submit(letters.stream().filter(one -> one.request().isPresent()).toList());
    for (Ready one : letters) {
      sent += one.request().isEmpty() && insert(one) ? 1 : 0;
    }
    return sent;
  }

  /**
   * Hands them over and waits for every answer; those that are refused may be sent another time.
   */
  private long submit(List<Ready> letters) throws QueryFault, InterruptedException {
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (Ready one : letters) {
      Replay replay =
          new Replay(
              one.id(), gateway, one.letter().receivedUnixNanos(), one.request().orElseThrow());
      CompletableFuture<Outcome> answer =
          parts
              .intake()
              .submit(replay.payload(one.letter().tenant(), parts.unixNanos().getAsLong()));
      parts.underWay().handedOver(answer);
      answers.add(answer);
    }
    List<Ready> refused = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      String problem = problem(answers.get(i));
      if (!problem.isEmpty()) {
        refused.add(letters.get(i));
        holdBack(letters.get(i).letter(), letters.get(i).id(), problem);
      }
    }
    note(refused, "withdrawn");
    return (long) letters.size() - refused.size();
  }

  /** Sends a row that ClickHouse refused; one of which nothing is known stays claimed. */
  private boolean insert(Ready row) throws QueryFault, InterruptedException {
    return switch (parts.rows().send(row.id(), row.target(), row.letter().record())) {
      case Delivery.Stored stored -> {
        note(List.of(row), "stored");
        yield true;
      }
      case Delivery.Refused refused -> {
        note(List.of(row), "withdrawn");
        holdBack(row.letter(), row.id(), refused.reason());
        yield false;
      }
      case Delivery.Postponed postponed -> {
        holdBack(row.letter(), row.id(), postponed.reason() + "; replay again");
        yield false;
      }
    };
  }

  private static String problem(CompletableFuture<Outcome> answer) throws InterruptedException {
    try {
      return switch (answer.get()) {
        case Outcome.Accepted accepted -> "";
        case Outcome.Late late -> "";
        case Outcome.Malformed malformed -> malformed.message();
        case Outcome.TooLarge large -> large.message();
        case Outcome.RetryLater later -> later.reason() + "; replay again";
      };
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot learn what became of a dead letter", e);
    }
  }
}
