package io.lodge.api.ask;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import io.lodge.base.net.KeyCheck;
import io.lodge.canary.CanaryReport;
import io.lodge.query.ledger.OwnAccount;
import io.lodge.query.run.Runner;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Every question there is, by its path. */
public final class Questions {
  private final Asker asker;
  private final LongSupplier unixNanos;
  private final Supplier<SystemStatus> system;
  private final OwnAccount.Accounts ledger;
  private final Supplier<Optional<CanaryReport>> canary;
  private final LetterDesk desk;

  /**
   * Of one API: its users' places are counted over all questions.
   *
   * @param keys whose keys users have
   * @param unixNanos the clock that {@code now} is read from
   * @param system how the gateway does
   * @param ledger where its records are
   * @param canary what became of the canary's records
   * @param desk who knows dead letters
   */
  public Questions(
      Runner runner,
      KeyCheck keys,
      LongSupplier unixNanos,
      Supplier<SystemStatus> system,
      OwnAccount.Accounts ledger,
      Supplier<Optional<CanaryReport>> canary,
      LetterDesk desk) {
    this.system = system;
    this.ledger = ledger;
    this.canary = canary;
    this.desk = desk;
    asker = new Asker(runner, keys, unixNanos);
    this.unixNanos = unixNanos;
  }

  /**
   * A path and who answers it.
   *
   * @param what it is, for the list of endpoints
   */
  public record Endpoint(HttpMethod method, String path, String what, HttpService service) {
    static Endpoint get(String path, String what, HttpService service) {
      return new Endpoint(HttpMethod.GET, path, what, service);
    }
  }

  /** The path whose keys are {@link LetterDesk#keys}, while all others ask for a query key. */
  public static String writingPath() {
    return ReplayQuestion.PATH;
  }

  /** Who answers {@code POST /api/sql?stream=1}. */
  public HttpService sqlLines() {
    return asker.streamed(SqlQuestion.PARAMETERS, new SqlQuestion());
  }

  /** The endpoints, in the order in which they are listed. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/api/search",
            "rows that match q, newest first, streamed",
            asker.streamed(SearchQuestion.PARAMETERS, new SearchQuestion())),
        Endpoint.get(
            "/api/histogram",
            "how many, by time and level",
            asker.whole(HistogramQuestion.PARAMETERS, new HistogramQuestion())),
        Endpoint.get(
            "/api/facets",
            "the most frequent values of fields",
            asker.whole(FacetsQuestion.PARAMETERS, new FacetsQuestion())),
        Endpoint.get(
            "/api/fields",
            "the fields there are",
            asker.whole(FieldsQuestion.PARAMETERS, new FieldsQuestion())),
        Endpoint.get(
            "/api/values",
            "values of a field that begin with prefix",
            asker.whole(ValuesQuestion.PARAMETERS, new ValuesQuestion())),
        Endpoint.get(
            "/api/context",
            "the rows before and after one",
            asker.whole(ContextQuestion.PARAMETERS, new ContextQuestion())),
        Endpoint.get(
            "/api/tail",
            "rows as they land, streamed without end",
            asker.streamed(TailQuestion.PARAMETERS, new TailQuestion(unixNanos))),
        Endpoint.get(
            "/api/patterns",
            "the kinds of lines there are, and what is new",
            asker.whole(PatternsQuestion.PARAMETERS, new PatternsQuestion())),
        Endpoint.get(
            "/api/trace/{id}",
            "a trace by its id: spans and logs",
            asker.whole(TraceQuestion.PARAMETERS, new TraceQuestion())),
        Endpoint.get(
            "/api/traces",
            "traces of which a span matches, newest first, streamed",
            asker.streamed(TracesQuestion.PARAMETERS, new TracesQuestion())),
        Endpoint.get(
            "/api/traces/heatmap",
            "spans by time and duration",
            asker.whole(HeatmapQuestion.PARAMETERS, new HeatmapQuestion())),
        Endpoint.get(
            "/api/services",
            "services: rate, errors, duration, and who calls whom",
            asker.whole(ServicesQuestion.PARAMETERS, new ServicesQuestion())),
        Endpoint.get(
            "/api/tables",
            "tables: rows, bytes, compression, retention",
            asker.whole(TablesQuestion.PARAMETERS, new TablesQuestion())),
        Endpoint.get(
            "/api/schema",
            "tables, columns, functions and keywords, to complete SQL",
            asker.whole(SchemaQuestion.PARAMETERS, new SchemaQuestion())),
        Endpoint.get(
            "/api/dead-letters",
            "records that could not be stored, counted by reason",
            asker.whole(DeadLettersQuestion.PARAMETERS, new DeadLettersQuestion())),
        Endpoint.get(
            "/api/dead-letters/letters",
            "such records whole",
            asker.whole(LettersQuestion.PARAMETERS, new LettersQuestion(desk))),
        new Endpoint(
            HttpMethod.POST,
            ReplayQuestion.PATH,
            "sends them again; asks for an ingest key",
            asker.whole(ReplayQuestion.PARAMETERS, new ReplayQuestion(desk))),
        Endpoint.get(
            "/api/system",
            "what is received, waiting, stored and refused",
            asker.whole(SystemQuestion.PARAMETERS, new SystemQuestion(system))),
        Endpoint.get(
            "/api/ledger",
            "what was received, by source, and where it is",
            asker.whole(LedgerQuestion.PARAMETERS, new LedgerQuestion(ledger, canary))));
  }
}
