package io.lodge.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /readyz}: each check with its reason; 503 when one fails. */
final class ReadyEndpoint implements HttpService {
  private final List<ReadyCheck> checks;

  ReadyEndpoint(List<ReadyCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  private record Result(ReadyCheck check, Optional<String> fault) {
    boolean ready() {
      return fault.isEmpty() || !check.needed();
    }

    String json() {
      return "{\"name\":%s,\"ready\":%s,\"reason\":%s}"
          .formatted(ApiErrors.quoted(check.name()), ready(), ApiErrors.quoted(fault.orElse("")));
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(this::answer, Thread::startVirtualThread);
  }

  private HttpResponse answer() {
    List<Result> results = checks.stream().map(ReadyEndpoint::ask).toList();
    boolean ready = results.stream().allMatch(Result::ready);
    String json =
        results.stream()
            .map(Result::json)
            .collect(Collectors.joining(",", "{\"ready\":" + ready + ",\"checks\":[", "]}\n"));
    return HttpResponse.of(
        ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, MediaType.JSON, json);
  }

  private static Result ask(ReadyCheck check) {
    try {
      return new Result(check, check.fault().get());
    } catch (RuntimeException e) {
      return new Result(check, Optional.of("the check itself failed: " + e));
    }
  }
}
