package io.lodge.api;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.HttpFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/**
 * The web UI, as {@code ui/} built it into the jar. It is the same for everybody and holds no data,
 * so it asks for no key: the page itself asks the user for one when the API wants it.
 *
 * <p>One HTML file stands for every page; which page it is the script reads from the address. The
 * other files carry a hash of their content in their names, so browsers keep them for good.
 */
final class UiFiles {
  static final String ASSETS = "/assets/";

  /** Addresses of pages, beside {@code /}. The same list is in {@code ui/src/app/pages.ts}. */
  static final Set<String> PAGES = Set.of("/logs", "/events", "/traces", "/sql", "/system");

  /** {@code /trace/ID} is a page for every trace. */
  static final String TRACE = "/trace/";

  private static final String FOLDER = "io/lodge/ui";

  /** Only files of our own, nothing inline, in nobody's frame; no address leaks to other sites. */
  private static final HttpHeaders GUARDS =
      HttpHeaders.of(
          HttpHeaderNames.CONTENT_SECURITY_POLICY,
          "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          HttpHeaderNames.X_CONTENT_TYPE_OPTIONS,
          "nosniff",
          HttpHeaderNames.REFERRER_POLICY,
          "no-referrer");

  private final HttpService page;
  private final HttpService assets;
  private final Elsewhere elsewhere;

  UiFiles() {
    ClassLoader loader = UiFiles.class.getClassLoader();
    elsewhere = new Elsewhere(index(loader));
    page =
        HttpFile.builder(loader, FOLDER + "/index.html")
            .cacheControl(ServerCacheControl.REVALIDATED)
            .addHeaders(GUARDS)
            .build()
            .asService();
    assets =
        FileService.builder(loader, FOLDER + "/assets")
            .serveCompressedFiles(true)
            .cacheControl(
                ServerCacheControl.builder()
                    .cachePublic()
                    .maxAge(Duration.ofDays(365))
                    .immutable()
                    .build())
            .addHeaders(GUARDS)
            .build();
  }

  /**
   * Every other path: a browser that follows a wrong link gets the UI, which says so in its own
   * words, and whoever else asks gets the API's. Neither holds data, so this asks for no key.
   */
  record Elsewhere(byte[] index) implements HttpService {
    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
      if (!isLinkOfBrowser(request)) {
        throw HttpStatusException.of(HttpStatus.NOT_FOUND);
      }
      ResponseHeaders headers =
          ResponseHeaders.builder(HttpStatus.NOT_FOUND)
              .contentType(MediaType.HTML_UTF_8)
              .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
              .add(GUARDS)
              .build();
      return HttpResponse.of(headers, HttpData.wrap(index));
    }

    private static boolean isLinkOfBrowser(HttpRequest request) {
      return request.method() == HttpMethod.GET
          && !request.path().startsWith("/api/")
          && !request.path().startsWith(ASSETS)
          && isBrowser(request);
    }
  }

  private static boolean isBrowser(HttpRequest request) {
    return request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html");
  }

  HttpService elsewhere() {
    return elsewhere;
  }

  private static byte[] index(ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(FOLDER + "/index.html")) {
      return requireNonNull(in, "the UI is not in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the UI from the jar", e);
    }
  }

  /** Whether the path is one of the UI's, which everybody may read. */
  static boolean has(String path) {
    return PAGES.contains(path) || path.startsWith(TRACE) || path.startsWith(ASSETS);
  }

  HttpService page() {
    return page;
  }

  HttpService assets() {
    return assets;
  }

  /**
   * {@code /}: the UI for browsers, another page for curl and its like.
   *
   * @param text for those
   */
  HttpService rootOr(HttpService text) {
    return (ctx, request) -> {
      return (isBrowser(request) ? page : text).serve(ctx, request);
    };
  }
}
