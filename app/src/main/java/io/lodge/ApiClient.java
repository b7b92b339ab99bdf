package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that ask a running Lodge, and how they ask. */
final class ApiClient {
  @Option(
      names = "--api",
      paramLabel = "URL",
      converter = Urls.Typed.class,
      description = "Where Lodge is. Default: api.listen of the configuration.")
  private @Nullable URI api;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Access key: env:NAME, file:PATH or the key. Or LODGE_KEY.")
  private @Nullable String key;

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  /** An answer as it came, and read. */
  record Answer(byte[] body, JsonRow json) {
    JsonRow data() {
      return json.object("data");
    }
  }

  Answer get(Terminal terminal, String path, Map<String, String> parameters)
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    return ask(terminal, "GET", path, parameters);
  }

  Answer post(Terminal terminal, String path, Map<String, String> parameters)
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    return ask(terminal, "POST", path, parameters);
  }

  /** A connection to the Lodge that is meant; the caller closes it. */
  ApiConnection connect(Terminal terminal) throws CommandException, InvalidConfigException {
    return new ApiConnection(base(terminal), AccessKeyOption.resolve(key, terminal));
  }

  private Answer ask(Terminal terminal, String method, String path, Map<String, String> parameters)
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    try (ApiConnection lodge = connect(terminal)) {
      HttpRequest request =
          lodge
              .request(path + query(parameters))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return read(lodge.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }
  }

  private static Answer read(HttpResponse<byte[]> response) throws CommandException {
    if (response.statusCode() != 200) {
      String text = new String(response.body(), StandardCharsets.UTF_8).strip();
      throw new CommandException(
          ApiFault.messageIn(text)
              .orElse("cannot ask Lodge: HTTP " + response.statusCode() + " " + text));
    }
    return new Answer(response.body(), JsonRow.parse(response.body()));
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private String base(Terminal terminal) throws CommandException, InvalidConfigException {
    if (api != null) {
      return Urls.http(api, "--api", "/").toString().replaceFirst("/+$", "");
    }
    Config loaded = config.load(terminal);
    return ConfigFileOptions.urlOf(loaded.api().listen(), loaded.tls().isPresent()).toString();
  }
}
