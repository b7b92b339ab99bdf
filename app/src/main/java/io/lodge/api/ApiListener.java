package io.lodge.api;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import io.lodge.api.ask.Questions;
import io.lodge.base.net.Listener;
import io.lodge.base.net.ListenerOptions;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.util.List;

/** The API's address. */
public final class ApiListener {
  /** A link to the SQL page holds a whole statement. */
  private static final int ADDRESS_BYTES_MAX = 64 << 10;

  private ApiListener() {}

  /**
   * Opens the address.
   *
   * @param workers event loops shared by listeners; nothing here blocks them
   * @throws io.lodge.base.net.CannotListenException if it cannot be had
   */
  public static Listener open(ListenerOptions options, EventLoopGroup workers, ApiParts parts) {
    JvmMetrics.builder().register(parts.registry());
    return Listener.open(options, workers, builder -> serve(builder, parts));
  }

  static void serve(ServerBuilder builder, ApiParts parts) {
    Questions asked =
        new Questions(
            parts.runner(),
            parts.keys(),
            parts.unixNanos(),
            parts.system(),
            parts.ledger(),
            parts.canary(),
            parts.desk());
    RecentQueries recent = new RecentQueries();
    SqlEndpoint sql =
        new SqlEndpoint(parts.sql(), parts.runner().limits(), recent, asked.sqlLines());
    List<Questions.Endpoint> questions = asked.endpoints();
    questions.forEach(
        question -> builder.service(route(question.method(), question.path()), question.service()));
    UiFiles ui = new UiFiles();
    serveUi(builder, ui);
    builder
        .maxRequestLength(SqlEndpoint.BODY_BYTES_MAX)
        // A query may take as long as its own limit says; a client that leaves ends it.
        .requestTimeoutMillis(0)
        .http1MaxInitialLineLength(ADDRESS_BYTES_MAX)
        .service(route(HttpMethod.GET, "/"), ui.rootOr(new RootPage(questions)))
        .service(route(HttpMethod.GET, "/healthz"), StatusPages::health)
        .service(route(HttpMethod.GET, "/readyz"), new ReadyEndpoint(parts.checks()))
        .service(route(HttpMethod.GET, "/metrics"), new MetricsEndpoint(parts.registry()))
        .service(route(HttpMethod.POST, "/api/sql"), sql)
        .service(route(HttpMethod.GET, "/api/queries/{id}"), new QueryEndpoint(recent))
        .service(route(HttpMethod.GET, "/api/openapi.json"), new OpenApiEndpoint())
        .decorator(KeyGuard.around(parts.keys(), parts.desk().keys()))
        .decorator(new WebGuard(parts.keys(), parts.hosts()).decorator())
        .errorHandler(new ApiErrors());
  }

  private static void serveUi(ServerBuilder builder, UiFiles ui) {
    builder
        .service(Route.builder().path("prefix:" + UiFiles.TRACE).build(), ui.page())
        .serviceUnder(UiFiles.ASSETS, ui.assets());
    UiFiles.PAGES.forEach(path -> builder.service(route(HttpMethod.GET, path), ui.page()));
    // What a browser may follow, and nothing else: the API has answers and a guard of its own.
    builder
        .route()
        .methods(HttpMethod.GET)
        .pathPrefix("/")
        .exclude("prefix:/api/")
        .build(ui.elsewhere());
  }

  private static Route route(HttpMethod method, String path) {
    return Route.builder().methods(method).path(path).build();
  }
}
