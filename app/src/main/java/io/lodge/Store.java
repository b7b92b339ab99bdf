package io.lodge;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseEndpoints;
import io.lodge.config.Config;
import io.lodge.config.HostPort;
import io.lodge.config.Secret;
import io.lodge.engine.Engine;
import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.EngineException;
import io.lodge.engine.EngineLibrary;
import io.lodge.engine.EngineOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ClickHouse of this Lodge, its own engine or a server by URL: from here on there is no
 * difference.
 *
 * @param engine the embedded engine, if this process runs it
 * @param writer as the user that inserts
 * @param reader as the user that queries run as
 */
record Store(Optional<Engine> engine, ClickHouse writer, ClickHouse reader)
    implements AutoCloseable {

  private static final Duration ENGINE_CONNECT = Duration.ofSeconds(2);

  /** Starts the embedded engine or takes the URLs; says on {@code progress} what takes long. */
  static Store open(Config config, Consumer<String> progress)
      throws CommandException, InterruptedException {
    if (!config.clickhouse().embedded()) {
      return ofUrls(config.clickhouse());
    }
    requireUsable(config, config.engine().http(), "engine.http");
    requireUsable(config, config.engine().tcp(), "engine.tcp");
    try {
      Engine engine =
          Engine.start(
              engineOptions(config), new EngineLibrary(EngineLibrary.userCache()), progress);
      return ofEngine(engine.endpoint(), Optional.of(engine));
    } catch (EngineException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Like {@link #open}, but uses the engine that a running Lodge of the same data has. */
  static Store openBeside(Config config, Consumer<String> progress)
      throws CommandException, InterruptedException {
    if (config.clickhouse().embedded()) {
      Optional<EngineEndpoint> running = Engine.running(engineOptions(config));
      if (running.isPresent()) {
        return ofEngine(running.get(), Optional.empty());
      }
    }
    return open(config, progress);
  }

  private static Store ofEngine(EngineEndpoint endpoint, Optional<Engine> engine) {
    return new Store(
        engine,
        new ClickHouse(
            new ClickHouseEndpoints(
                List.of(endpoint.url()),
                endpoint.writer(),
                endpoint.writerPassword(),
                ENGINE_CONNECT)),
        new ClickHouse(
            new ClickHouseEndpoints(
                List.of(endpoint.url()),
                endpoint.reader(),
                endpoint.readerPassword(),
                ENGINE_CONNECT)));
  }

  private static Store ofUrls(Config.ClickHouse config) {
    String password = config.password().map(Secret::reveal).orElse("");
    ClickHouse writer =
        new ClickHouse(
            new ClickHouseEndpoints(
                config.urls(), config.user(), password, config.connectTimeout()));
    ClickHouse reader =
        new ClickHouse(
            new ClickHouseEndpoints(
                config.urls(),
                config.readerUser().orElse(config.user()),
                config.readerUser().isPresent()
                    ? config.readerPassword().map(Secret::reveal).orElse("")
                    : password,
                config.connectTimeout()));
    return new Store(Optional.empty(), writer, reader);
  }

  private static EngineOptions engineOptions(Config config) {
    Config.Engine engine = config.engine();
    boolean open = !engine.http().isLoopback() || !engine.tcp().isLoopback();
    return new EngineOptions(
        config.data().resolve("engine"),
        socket(engine.http()),
        socket(engine.tcp()),
        engine.binary(),
        engine.readerPassword().map(Secret::reveal).orElse(""),
        open,
        new EngineOptions.QueryLimits(
            config.query().maxTime(),
            config.query().maxMemoryBytes(),
            config.query().maxResultRows()));
  }

  static InetSocketAddress socket(HostPort address) {
    return new InetSocketAddress(address.host(), address.port());
  }

  /** The engine speaks no TLS: what others can reach would be open beside encrypted listeners. */
  private static void requireUsable(Config config, HostPort address, String key)
      throws CommandException {
    if (config.tls().isPresent() && !address.isLoopback()) {
      throw new CommandException(
          "cannot serve %s with TLS: the embedded engine speaks none, and others can reach %s; keep it on loopback, or use clickhouse.url"
              .formatted(key, address));
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
    engine.ifPresent(Engine::close);
  }
}
