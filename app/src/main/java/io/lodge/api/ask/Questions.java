package io.lodge.api.ask;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import io.lodge.query.run.Runner;
import java.util.List;
import java.util.function.LongSupplier;

/** Every question there is, by its path. */
public final class Questions {
  private Questions() {}

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

  /**
   * The endpoints, in the order in which they are listed.
   *
   * @param unixNanos the clock that {@code now} is read from
   */
  public static List<Endpoint> endpoints(Runner runner, LongSupplier unixNanos) {
    Asker asker = new Asker(runner, unixNanos);
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
            asker.whole(PatternsQuestion.PARAMETERS, new PatternsQuestion())));
  }
}
