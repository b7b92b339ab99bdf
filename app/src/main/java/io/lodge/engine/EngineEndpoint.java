package io.lodge.engine;

import java.net.URI;

/**
 * How to reach the engine.
 *
 * @param url of its HTTP interface
 * @param writer user that inserts and changes tables
 * @param writerPassword never printed
 * @param reader user that only reads, within limits
 * @param readerPassword may be empty; never printed
 */
public record EngineEndpoint(
    URI url, String writer, String writerPassword, String reader, String readerPassword) {

  /** Without passwords. */
  @Override
  public String toString() {
    return "EngineEndpoint[url=%s, writer=%s, reader=%s]".formatted(url, writer, reader);
  }
}
