package io.lodge.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** {@code GET /api/openapi.json}: the API's document, as it is among the resources. */
final class OpenApiEndpoint implements HttpService {
  private final HttpData document = HttpData.wrap(read());

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, document);
  }

  private static byte[] read() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read openapi.json from the jar", e);
    }
  }
}
