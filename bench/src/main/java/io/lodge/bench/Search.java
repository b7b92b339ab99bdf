package io.lodge.bench;

import io.lodge.clickhouse.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long people wait for answers of the API, over millions of log rows of seven days (those of
 * {@code bench/schema/generate.sql}) and two spans for five of them, of two days (those of {@code
 * bench/schema/spans.sql}): milliseconds to the first rows and to the end, each question several
 * times, with the engine's caches emptied before each and with what the one before left.
 *
 * <p>Arguments: the product's launcher, a folder for data, millions of rows, the SQL that makes
 * them, and that which makes spans.
 */
public final class Search {
  private static final int TIMES = 20;

  private final Gateway gateway;

  /** Ids of traces that have spans. */
  private List<String> spans = List.of();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Search(Gateway gateway) {
    this.gateway = gateway;
  }

  /** A question, and how long it may take. */
  private record Question(String name, String path, boolean toFirstRows, int goalMillis) {}

  /** Milliseconds until the first rows and until the end. */
  private record Wait(double firstRows, double end) {}

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of(args[1]));
    int millions = Integer.parseInt(args[2]);
    String generate = Files.readString(Path.of(args[3]));
    try (Gateway gateway = new Gateway(Path.of(args[0]).toAbsolutePath(), data)) {
      Search search = new Search(gateway);
      search.fill(millions, generate);
      search.fillSpans(Math.max(1, millions * 2 / 5), Files.readString(Path.of(args[4])));
      search.ask();
    }
  }

  /** Inserts as gateways do, through the landing table; a million at a time. */
  private void fill(int millions, String generate) throws IOException, InterruptedException {
    long rows = millions * 1_000_000L;
    long end = System.currentTimeMillis() / 1000;
    long stepNanos = 7 * 86_400_000_000_000L / rows;
    long start = end * 1_000_000_000L - rows * stepNanos;
    String sql =
        generate
            .replaceFirst(
                "(?s)^.*?INSERT INTO measure.logs", "INSERT INTO otel.generic_logs_landing")
            .replace("intDiv(number, 150000) AS Chunk,", "")
            .replace("1794960000000000000", Long.toString(start))
            .replace("28800000", Long.toString(stepNanos))
            .replace("numbers(3000000)", "numbers(OFFSET, 1000000)")
            .replaceFirst(";\\s*$", "");
    long began = System.nanoTime();
    for (int million = 0; million < millions; million++) {
      gateway.writer.execute(
          Query.of(sql.replace("OFFSET", Long.toString(million * 1_000_000L)))
              .withSetting("max_execution_time", "0"));
      if (million % 10 == 9) {
        say("filled %d million rows, %.0f s", million + 1, (System.nanoTime() - began) / 1e9);
      }
    }
    awaitMerges();
    say(
        "%,d rows, %,d bytes on disk",
        gateway.rows(),
        gateway.writer.scalar(
            Query.of(
                "SELECT sum(bytes_on_disk) FROM system.parts WHERE table = 'generic_logs_0'")));
  }

  private void fillSpans(int millions, String generate) throws IOException, InterruptedException {
    long rows = millions * 1_000_000L;
    String sql =
        generate
            .replaceAll("(?m)^--.*\\R", "")
            .replace("END", System.currentTimeMillis() + "000000")
            .replace("TOTAL", Long.toString(rows))
            .replace("STEP", Long.toString(2 * 86_400_000_000_000L / rows));
    for (int million = 0; million < millions; million++) {
      gateway.writer.execute(
          Query.of(sql.replace("OFFSET", Long.toString(million * 1_000_000L)))
              .withSetting("max_execution_time", "0"));
    }
    awaitMerges();
    say(
        "%,d spans, %,d bytes on disk",
        rows,
        gateway.writer.scalar(
            Query.of("SELECT sum(bytes_on_disk) FROM system.parts WHERE table = 'otel_traces_0'")));
  }

  private void awaitMerges() throws IOException, InterruptedException {
    while (gateway.writer.scalar(Query.of("SELECT count() FROM system.merges")) > 0) {
      Thread.sleep(500);
    }
  }

  private void ask() throws Exception {
    String trace =
        gateway
            .writer
            .text(
                Query.of(
                    "SELECT TraceId FROM otel.generic_logs WHERE TraceId != '' AND Timestamp > now() - 86400 LIMIT 1"))
            .strip();
    List<Question> questions =
        List.of(
            new Question(
                "namespace, last hour",
                "/api/search?from=now-1h&q=" + encoded("namespace:ns-cart"),
                true,
                300),
            new Question(
                "pod, last hour",
                "/api/search?from=now-1h&q=" + encoded("pod:checkout-*"),
                true,
                300),
            new Question(
                "rare word, everything", "/api/search?from=now-7d&q=flywheel500", false, 500),
            new Question("everything, all time", "/api/search?from=now-180d", true, 300),
            new Question("histogram of a day", "/api/histogram?from=now-1d", false, 500),
            new Question("facets of a day", "/api/facets?from=now-1d", false, 500),
            new Question(
                "histogram of a service's day",
                "/api/histogram?from=now-1d&q=" + encoded("service:checkout-web-5"),
                false,
                500),
            new Question(
                "logs of a trace", "/api/search?from=now-1d&q=trace_id:" + trace, true, 100),
            new Question("a trace by its id", "/api/trace/ID", false, 100),
            new Question(
                "traces of a service, a day",
                "/api/traces?from=now-1d&service=cart-web-3",
                true,
                300),
            new Question(
                "attribute's facet, last hour",
                "/api/facets?from=now-1h&fields=http.route",
                false,
                500));
    spans =
        gateway.writer.lines(
            Query.of(
                "SELECT TraceId FROM otel.otel_traces_trace_id_ts ORDER BY cityHash64(TraceId) LIMIT "
                    + 2 * TIMES));
    say("%-30s %21s %21s %6s", "milliseconds", "cold p50 / p95", "warm p50 / p95", "goal");
    for (Question question : questions) {
      double[] cold = times(question, true);
      double[] warm = times(question, false);
      say(
          "%-30s %9.0f / %9.0f %9.0f / %9.0f %6d  %s",
          question.name,
          cold[cold.length / 2],
          cold[(int) (cold.length * 0.95)],
          warm[warm.length / 2],
          warm[(int) (warm.length * 0.95)],
          question.goalMillis,
          question.toFirstRows ? "to the first rows" : "to the end");
    }
  }

  private double[] times(Question question, boolean cold) throws Exception {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      if (cold) {
        for (String cache : List.of("MARK", "UNCOMPRESSED", "QUERY", "QUERY CONDITION", "MMAP")) {
          gateway.writer.execute(Query.of("SYSTEM DROP " + cache + " CACHE"));
        }
        dropPageCache();
      }
      // Each time another trace: what one leaves in memory is no help to the next.
      String id = spans.get(cold ? i : TIMES + i);
      Wait wait = wait(question.path.replace("ID", id));
      times[i] = question.toFirstRows ? wait.firstRows : wait.end;
    }
    Arrays.sort(times);
    return times;
  }

  /** As root; otherwise the files stay in memory, and "cold" means the engine's caches alone. */
  private static void dropPageCache() throws IOException {
    Path drop = Path.of("/proc/sys/vm/drop_caches");
    if (Files.isWritable(drop)) {
      Files.writeString(drop, "1");
    }
  }

  private Wait wait(String path) throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + gateway.apiPort + path);
    long began = System.nanoTime();
    HttpResponse<InputStream> answer =
        http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofInputStream());
    double first = Double.NaN;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Double.isNaN(first) && line.startsWith("{\"rows\"")) {
          first = (System.nanoTime() - began) / 1e6;
        }
        if (answer.statusCode() != 200 || line.contains("\"error\":{")) {
          throw new IOException("cannot measure %s: %s".formatted(path, line));
        }
      }
    }
    double end = (System.nanoTime() - began) / 1e6;
    return new Wait(Double.isNaN(first) ? end : first, end);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
