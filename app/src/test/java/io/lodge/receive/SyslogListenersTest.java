package io.lodge.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.TlsFiles;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.model.SyslogFrame;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is kept, and no more is read than is kept. */
class SyslogListenersTest {
  private static final int MESSAGE_BYTES_MAX = 1000;
  private static final Outcome STORED = new Outcome.Accepted(1, 0, "");

  @TempDir Path folder;
  private final RecordingIntake intake = new RecordingIntake();
  private final ByteBudget budget = new ByteBudget(8 << 20);
  private final EventLoopGroup workers = EventLoopGroups.newEventLoopGroup(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final BufferPool buffers = new BufferPool(1 << 20, 1 << 20);
  private final SyslogOptions options =
      new SyslogOptions(
          MESSAGE_BYTES_MAX, ZoneId.of("Asia/Kolkata"), "ops", new SyslogMetrics(registry));
  private final Reception reception =
      new Reception(
          intake,
          KeyCheck.OPEN,
          budget,
          buffers,
          new Limits(1 << 20, Duration.ofSeconds(5), Duration.ofMillis(100)),
          new ReceiveMetrics(registry, budget, buffers),
          () -> 1_700_000_000_000_000_000L);

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    assertThat(budget.usedBytes()).as("memory that was not given back").isZero();
  }

  private SyslogTcpListener tcp(@Nullable TlsFiles tls) {
    SyslogTcpListener listener =
        SyslogTcpListener.open(
            Gateway.options("receive.syslog.tcp", 0, tls), workers, reception, options);
    open.add(listener);
    return listener;
  }

  private Socket connect(SyslogTcpListener listener) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort());
    open.addFirst(socket);
    return socket;
  }

  @Test
  void keepsWhatComesOverTcpWithWhereItCameFrom() throws Exception {
    try (Socket socket = connect(tcp(null))) {
      socket.getOutputStream().write("<1>a\n6 <2>b\nc<3>".getBytes(UTF_8));
      Gateway.await("two are kept", () -> messages().size() == 2);
    }
    Gateway.await("the unfinished one is kept too", () -> messages().size() == 3);
    assertThat(messages()).containsExactly("<1>a", "<2>b\nc", "<3>");
    Payload payload = intake.payloads.getFirst();
    assertThat(payload.kind()).isEqualTo(PayloadKind.SYSLOG);
    assertThat(payload.context()).isEqualTo("tcp +05:30 127.0.0.1");
    assertThat(payload.tenant()).isEqualTo("ops");
  }

  @Test
  void readsNoFurtherThanIsDurable() throws Exception {
    CompletableFuture<Outcome> pending = new CompletableFuture<>();
    intake.decide = payload -> pending;
    Socket socket = connect(tcp(null));
    AtomicLong written = new AtomicLong();
    byte[] piece = "<1>0123456789\n".repeat(1000).getBytes(UTF_8);
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (true) {
                  socket.getOutputStream().write(piece);
                  written.addAndGet(piece.length);
                }
              } catch (IOException closed) {
                // That is how it ends.
              }
            });
    Gateway.await("one payload is under way", () -> intake.payloads.size() == 1);
    AtomicLong before = new AtomicLong(-1);
    Gateway.await(
        "the sender is held back",
        () -> {
          long now = written.get();
          boolean still = before.getAndSet(now) == now && now > 0;
          java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
          return still && written.get() == now;
        });
    assertThat(intake.payloads).hasSize(1);
    assertThat(budget.usedBytes()).isLessThan(1 << 20);
    intake.decide(STORED);
    pending.complete(STORED);
    Gateway.await("more is read", () -> intake.payloads.size() > 3);
    socket.close();
    sender.join();
  }

  @Test
  void offersAgainWhatTheGatewayHadNoRoomFor() throws Exception {
    intake.decide(new Outcome.RetryLater(Duration.ofMillis(20), "full"));
    Socket socket = connect(tcp(null));
    socket.getOutputStream().write("<1>a\n".getBytes(UTF_8));
    Gateway.await("it is offered three times", () -> intake.payloads.size() >= 3);
    intake.decide(STORED);
    int offers = intake.payloads.size();
    Gateway.await(
        "it is taken",
        () -> Metrics.page(registry).contains("lodge_syslog_messages_total{transport=\"tcp\"} 1"));
    assertThat(messages().stream().distinct()).containsExactly("<1>a");
    assertThat(offers).isGreaterThanOrEqualTo(3);
  }

  @Test
  void speaksTls() throws Exception {
    TlsFiles tls = Certificates.selfSigned(folder);
    SyslogTcpListener listener = tcp(tls);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(tls.certificates())) {
      trusted.setCertificateEntry(
          "lodge", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (Socket socket =
        context.getSocketFactory().createSocket("127.0.0.1", listener.address().getPort())) {
      socket.getOutputStream().write("8 <1>tls!!".getBytes(UTF_8));
      Gateway.await("it is kept", () -> messages().contains("<1>tls!!"));
    }
  }

  @Test
  void keepsDatagramsAndCutsLongOnes() throws Exception {
    SyslogUdpListener listener =
        SyslogUdpListener.open(
            Gateway.options("receive.syslog.udp", 0, null), workers, reception, options);
    open.add(listener);
    try (DatagramSocket socket = new DatagramSocket()) {
      for (String message : List.of("<1>a\n", "<2>b\u0000", "\n", "<3>" + "x".repeat(2000))) {
        byte[] bytes = message.getBytes(UTF_8);
        socket.send(
            new DatagramPacket(
                bytes,
                bytes.length,
                InetAddress.getLoopbackAddress(),
                listener.address().getPort()));
      }
      Gateway.await("three are kept", () -> messages().size() == 3);
    }
    assertThat(messages())
        .containsExactly("<1>a", "<2>b", "<3>" + "x".repeat(MESSAGE_BYTES_MAX - 3) + "|");
    assertThat(intake.payloads.getFirst().context()).isEqualTo("udp +05:30 127.0.0.1");
    assertThat(new KernelDrops(listener.address().getPort()).count()).isZero();
  }

  /** What was handed over, in order; a bar ends those that are cut. */
  private List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (Payload payload : intake.payloads) {
      ByteBuffer frames =
          ByteBuffer.wrap(payload.bytes(), payload.offset(), payload.length())
              .order(ByteOrder.LITTLE_ENDIAN);
      while (frames.hasRemaining()) {
        int header = frames.getInt();
        byte[] message = new byte[header & ~SyslogFrame.CUT];
        frames.get(message);
        messages.add(new String(message, UTF_8) + ((header & SyslogFrame.CUT) != 0 ? "|" : ""));
      }
    }
    return messages;
  }
}
