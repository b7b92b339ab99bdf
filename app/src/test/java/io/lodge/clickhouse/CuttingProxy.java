package io.lodge.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire to ClickHouse that can be cut: a TCP proxy that drops answers after some bytes, delays
 * them, or is not there.
 */
public final class CuttingProxy implements AutoCloseable {
  private final URI target;
  private final int port;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;

  /** Of every connection's answers that many bytes pass; then the connection is dropped. */
  private volatile long answerBytesMax = Long.MAX_VALUE;

  private volatile Duration answerDelay = Duration.ZERO;
  private volatile boolean holdingBodies;
  private volatile boolean leaving;

  public CuttingProxy(URI target) throws IOException {
    this(target, 0);
  }

  /**
   * @param listenPort one that stays free while this is {@link #away}; 0 for any
   */
  public CuttingProxy(URI target, int listenPort) throws IOException {
    this.target = target;
    listener = new ServerSocket(listenPort, 50, InetAddress.getLoopbackAddress());
    port = listener.getLocalPort();
    acceptFrom(listener);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public void cutAnswersAfter(long bytes) {
    answerBytesMax = bytes;
  }

  public void delayAnswers(Duration delay) {
    answerDelay = delay;
  }

  /** Of answers the headers pass, and then nothing more comes; the connection stays. */
  public void holdBodies(boolean hold) {
    holdingBodies = hold;
  }

  /** As a server that is killed behind its work: the next answer never comes, nor any after it. */
  public void leaveWithTheNextAnswer() {
    leaving = true;
  }

  /** From now on connections are refused, and those that are open are cut. */
  public void away() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    awaitRefusals();
  }

  /** A thread that accepts keeps the port open until it has noticed the close. */
  private void awaitRefusals() throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        LockSupport.parkNanos(1_000_000);
      } catch (ConnectException refused) {
        return;
      } catch (SocketException reset) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    throw new IOException("cannot go away: somebody listens on port " + port);
  }

  /** Ends {@link #away}. */
  public void back() throws IOException {
    ServerSocket again = new ServerSocket();
    again.setReuseAddress(true);
    again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    listener = again;
    acceptFrom(again);
  }

  public int connections() {
    return connections.get();
  }

  /** Answers that were cut off. */
  public int cuts() {
    return cuts.get();
  }

  private void acceptFrom(ServerSocket from) {
    Thread.ofVirtual().start(() -> accept(from));
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        connect(from.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) throws IOException {
    connections.incrementAndGet();
    open.add(client);
    try {
      Socket server = new Socket(target.getHost(), target.getPort());
      open.add(server);
      if (listener.isClosed()) {
        // It went away between the accept and here: nothing else would cut these two.
        client.close();
        server.close();
      }
      Thread.ofVirtual().start(() -> pump(client, server, false));
      Thread.ofVirtual().start(() -> pump(server, client, true));
    } catch (IOException targetIsAway) {
      client.close();
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    long passed = 0;
    StringBuilder header = new StringBuilder();
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int count;
      while ((count = in.read(buffer)) > 0) {
        if (answers) {
          LockSupport.parkNanos(answerDelay.toNanos());
        }
        if (answers && leaving) {
          cuts.incrementAndGet();
          listener.close();
          return;
        }
        long rest = answers ? Math.max(0, answerBytesMax - passed) : count;
        int pass = (int) Math.min(count, rest);
        if (answers && holdingBodies) {
          header.append(new String(buffer, 0, pass, StandardCharsets.ISO_8859_1));
          int end = header.indexOf("\r\n\r\n");
          out.write(buffer, 0, end < 0 ? pass : end + 4 - (header.length() - pass));
          passed += pass;
          if (end < 0) {
            continue; // headers may come in pieces
          }
          in.transferTo(OutputStream.nullOutputStream()); // until either side goes
          return;
        }
        out.write(buffer, 0, pass);
        passed += pass;
        if (pass < count) {
          cuts.incrementAndGet();
          return;
        }
      }
    } catch (IOException e) {
      return; // either side is gone
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
