package io.lodge.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy before an HTTP server that lets all pass, hangs, cuts answers, or answers 503. */
public final class FaultyWire implements AutoCloseable {
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>503</Message></Error>";

  private static final byte[] UNAVAILABLE =
      """
      HTTP/1.1 503 Slow Down
      Content-Type: application/xml
      Content-Length: %d
      Connection: close

      """
          .formatted(SLOW_DOWN.length())
          .replace("\n", "\r\n")
          .concat(SLOW_DOWN)
          .getBytes(StandardCharsets.US_ASCII);

  /** What it does to connections, those that are open too. */
  public enum Mode {
    PASS,
    /** Accepts, and reads and writes nothing. */
    HANG,
    /** Requests go through, but of their answers nothing comes back. */
    LOSE_ANSWERS,
    /** Answers 503 to everything. */
    UNAVAILABLE
  }

  private final int serverPort;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  FaultyWire(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Connections that met a fault. */
  public int faults() {
    return faults.get();
  }

  /** Cuts all connections; new ones are treated so. */
  public void use(Mode next) throws IOException {
    mode = next;
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    Mode now = mode;
    if (now != Mode.PASS) {
      faults.incrementAndGet();
    }
    try {
      switch (now) {
        case HANG -> {}
        case UNAVAILABLE -> refuse(client);
        case PASS, LOSE_ANSWERS -> connect(client, now == Mode.LOSE_ANSWERS);
      }
    } catch (IOException gone) {
      open.remove(client);
    }
  }

  private static void refuse(Socket client) throws IOException {
    try (client) {
      client.getInputStream().read(new byte[64 << 10]);
      client.getOutputStream().write(UNAVAILABLE);
      client.shutdownOutput();
      client.setSoTimeout(1000);
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private void connect(Socket client, boolean loseAnswers) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    open.add(server);
    Thread.ofVirtual().start(() -> pump(client, server, false));
    Thread.ofVirtual().start(() -> pump(server, client, loseAnswers));
  }

  private void pump(Socket from, Socket to, boolean lose) {
    byte[] buffer = new byte[64 << 10];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n; (n = in.read(buffer)) > 0; ) {
        if (lose) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException gone) {
      return;
    } finally {
      open.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
