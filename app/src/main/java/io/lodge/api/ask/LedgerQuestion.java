package io.lodge.api.ask;

import io.lodge.canary.CanaryReport;
import io.lodge.query.ledger.Book;
import io.lodge.query.ledger.Books;
import io.lodge.query.ledger.Grouping;
import io.lodge.query.ledger.OwnAccount;
import io.lodge.query.ledger.TableCheck;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/ledger}: what was received, and where it is. Without ClickHouse it answers what
 * this gateway knows by itself: that is when people ask.
 */
final class LedgerQuestion implements Question.Whole {
  static final Set<String> PARAMETERS = Set.of("from", "to", "group", "verify", "limit");

  private static final int DIFFERENCES_SHOWN_MAX = 1_000;

  private final OwnAccount.Accounts accounts;
  private final Supplier<Optional<CanaryReport>> canary;

  LedgerQuestion(OwnAccount.Accounts accounts, Supplier<Optional<CanaryReport>> canary) {
    this.accounts = accounts;
    this.canary = canary;
  }

  @Override
  public Question.Answer answer(Question question) throws QueryFault, InterruptedException {
    Parameters parameters = question.parameters();
    TimeRange range = parameters.range();
    List<Grouping> by = grouping(parameters.list("group"));
    boolean verify = parameters.choice("verify", List.of("0", "1")).equals("1");
    int limit = parameters.count("limit", 1_000, 50_000);
    Book book = book(question, range, by);
    Optional<TableCheck> check =
        verify && book.answered()
            ? Optional.of(TableCheck.run(question.execution(), accounts, range))
            : Optional.empty();
    boolean truncated = book.lines().size() > limit || book.truncated();
    return new Question.Answer(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("standing", word(book.standing()));
          line(json, "total", book.total(), List.of());
          json.writeArrayPropertyStart("lines");
          book.lines().stream().limit(limit).forEach(line -> line(json, line, by));
          json.writeEndArray();
          gateway(json, book);
          counts(json, "elsewhere", book.elsewhere());
          json.writeNumberProperty("moving_minutes", book.moving());
          CanaryJson.write(json, canary.get());
          if (check.isPresent()) {
            check(json, check.get());
          }
          json.writeEndObject();
        },
        truncated);
  }

  private Book book(Question question, TimeRange range, List<Grouping> by)
      throws QueryFault, InterruptedException {
    try {
      return Books.read(question.execution(), accounts, range, by);
    } catch (QueryFault fault) {
      if (fault.kind() != QueryFault.Kind.UNREACHABLE) {
        throw fault;
      }
      return Books.unanswered(accounts, range, by);
    }
  }

  private static List<Grouping> grouping(List<String> words) throws QueryFault {
    List<Grouping> by = new ArrayList<>();
    for (String word : words) {
      by.add(
          Arrays.stream(Grouping.values())
              .filter(one -> one.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  QueryFault.badRequest(
                      "unexpected group; got %s want one of %s"
                          .formatted(
                              word,
                              Arrays.stream(Grouping.values())
                                  .map(Grouping::word)
                                  .collect(Collectors.joining(", "))))));
    }
    return by.stream().distinct().toList();
  }

  private static String word(Book.Standing standing) {
    return standing.toString().toLowerCase(Locale.ROOT);
  }

  private static void line(JsonGenerator json, String name, Book.Line line, List<Grouping> by) {
    json.writeName(name);
    line(json, line, by);
  }

  private static void line(JsonGenerator json, Book.Line line, List<Grouping> by) {
    json.writeStartObject();
    for (int i = 0; i < by.size(); i++) {
      json.writeStringProperty(by.get(i).word(), line.key().get(i));
    }
    text(json, "requests", line.requests());
    text(json, "bytes", line.bytes());
    text(json, "received", line.received());
    text(json, "stored", line.stored());
    text(json, "dead_lettered", line.deadLettered());
    text(json, "dropped", line.dropped());
    text(json, "in_flight", line.inFlight());
    text(json, "in_journal", line.inJournal());
    text(json, "in_bucket", line.inBucket());
    text(json, "elsewhere", line.elsewhere());
    text(json, "missing", line.missing());
    text(json, "unreceipted", line.unreceipted());
    counts(json, "refused", line.refused());
    json.writeEndObject();
  }

  private static void gateway(JsonGenerator json, Book book) {
    OwnAccount account = book.account();
    json.writeObjectPropertyStart("gateway");
    json.writeArrayPropertyStart("ids");
    account.gateways().stream().sorted().forEach(json::writeString);
    json.writeEndArray();
    text(json, "in_flight", account.recordsInFlight());
    text(json, "in_bucket", account.recordsInBucket());
    json.writeNumberProperty("segments_in_flight", account.segments());
    json.writeNumberProperty("segments_in_bucket", account.segmentsInBucket());
    if (account.oldest().isPresent()) {
      text(json, "oldest_age_ms", account.oldest().get().toMillis());
    } else {
      json.writeNullProperty("oldest_age_ms");
    }
    json.writeNumberProperty("segments_not_counted", account.uncountedSegments());
    json.writeNumberProperty("segments_not_counted_in_bucket", account.uncountedInBucket());
    text(json, "payloads_not_counted", account.uncountedPayloads());
    text(json, "quarantined", account.quarantined());
    text(json, "difference", account.difference());
    json.writeEndObject();
  }

  private static void check(JsonGenerator json, TableCheck check) {
    json.writeObjectPropertyStart("tables");
    text(json, "missing", check.missing());
    text(json, "unexpected", check.unexpected());
    text(json, "stored_twice", check.twice());
    json.writeArrayPropertyStart("checked");
    for (TableCheck.Checked table : check.tables()) {
      json.writeStartObject();
      json.writeStringProperty("table", table.table());
      text(json, "rows", table.rows());
      text(json, "rows_late", table.late());
      json.writeBooleanProperty("counted", table.counted());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("differences");
    check.differences().stream()
        .limit(DIFFERENCES_SHOWN_MAX)
        .forEach(difference -> difference(json, difference));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void difference(JsonGenerator json, TableCheck.Difference one) {
    json.writeStartObject();
    json.writeStringProperty("table", one.table());
    json.writeNumberProperty("minute", one.minute() * 60_000L);
    json.writeStringProperty("tenant", one.tenant());
    json.writeStringProperty("service", one.service());
    text(json, "ledger", one.said());
    text(json, "found", one.found());
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts) {
    json.writeObjectPropertyStart(name);
    counts.forEach((key, count) -> text(json, key, count));
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, long number) {
    json.writeStringProperty(name, Long.toString(number));
  }
}
