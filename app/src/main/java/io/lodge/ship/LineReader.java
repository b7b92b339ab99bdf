package io.lodge.ship;

import io.lodge.ship.FollowedFile.Look;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads one input to its end, or for as long as it is followed. One thread per reader. */
final class LineReader {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** How often a followed file is looked at while it is quiet. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Shipment shipment;
  private final Batches batches;
  private final BooleanSupplier stopped;
  private final Consumer<String> notices;
  private volatile boolean unfinished;

  LineReader(
      Shipment shipment, Batches batches, BooleanSupplier stopped, Consumer<String> notices) {
    this.shipment = shipment;
    this.batches = batches;
    this.stopped = stopped;
    this.notices = notices;
  }

  void readInput() throws IOException, InterruptedException {
    read(shipment.input(), splitter(origin("stdin", Map.of())));
  }

  void readFile(Path file) throws IOException, InterruptedException {
    try (InputStream in = Files.newInputStream(file)) {
      read(in, splitter(originOf(file)));
    }
  }

  private void read(InputStream in, LineSplitter lines) throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int length = in.read(chunk);
    while (length >= 0) {
      lines.feed(chunk, length);
      unfinished = lines.isUnfinished();
      length = stopped.getAsBoolean() ? -1 : in.read(chunk);
    }
    lines.end();
    unfinished = false;
  }

  /** True where a stop left the reader waiting in the middle of a line. */
  boolean isUnfinished() {
    return unfinished;
  }

  /** Reads until stopped and nothing new is there; an unfinished last line is sent then. */
  void follow(Path path) throws IOException, InterruptedException {
    LineSplitter lines = splitter(originOf(path));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    Look before = Look.QUIET;
    try (FollowedFile file = new FollowedFile(path, shipment.fromEnd())) {
      boolean last = false;
      while (!last) {
        boolean stopping = stopped.getAsBoolean();
        Look look = file.read(buffer);
        switch (look) {
          case DATA -> lines.feed(buffer.array(), buffer.position());
          case NEW_FILE -> lines.end();
          case QUIET, MISSING -> {
            last = stopping;
            pause(look, before, path);
          }
        }
        before = look;
      }
    }
    lines.end();
  }

  private void pause(Look look, Look before, Path path) throws InterruptedException {
    if (look == Look.MISSING && before != Look.MISSING) {
      notices.accept("waiting for " + path + " to appear");
    }
    Thread.sleep(LOOK_EVERY);
  }

  private LineSplitter splitter(Origin origin) {
    return new LineSplitter(shipment.lineBytesMax(), line -> batches.add(origin, line));
  }

  private Origin originOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return origin(
        name,
        Map.of("log.file.name", name, "log.file.path", file.toAbsolutePath().normalize() + ""));
  }

  private Origin origin(String name, Map<String, String> recordAttributes) {
    Map<String, String> resource = new TreeMap<>(Map.of("service.name", name));
    HostName.find().ifPresent(host -> resource.put("host.name", host));
    resource.putAll(shipment.resource());
    return Origin.of(name, resource, new TreeMap<>(recordAttributes));
  }
}
