package io.lodge.bucket;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server with real signatures over a folder, and faults on demand before it. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "overflow";
  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "test-secret";
  private static final long REQUEST_BYTES_MAX = 256 << 20;

  /** Held, for a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("org.gaul");

  private final Path folder;
  private final S3Proxy server;
  private final FaultyWire wire;

  private S3Server(Path folder, S3Proxy server, FaultyWire wire) {
    this.folder = folder;
    this.server = server;
    this.wire = wire;
  }

  /** Starts it with one empty bucket. */
  public static S3Server start(Path folder) throws Exception {
    LOGGER.setLevel(Level.WARNING);
    Files.createDirectories(folder.resolve(BUCKET));
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .v4MaxNonChunkedRequestSize(REQUEST_BYTES_MAX)
            .stopTimeout(0)
            .build();
    server.start();
    return new S3Server(folder, server, new FaultyWire(server.getPort()));
  }

  /** What stands before the server: clients go through it. */
  public FaultyWire wire() {
    return wire;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + wire.port());
  }

  /** Where the bytes of an object are. */
  public Path file(String name) {
    return folder.resolve(BUCKET).resolve(name);
  }

  /** Names of the objects below a prefix, that the server has on its disk. */
  public List<String> names(String prefix) throws IOException {
    Path root = folder.resolve(BUCKET);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  public S3Options options(String prefix) {
    return options(prefix, SECRET_KEY, BUCKET, Duration.ofSeconds(60));
  }

  public S3Options options(String prefix, String secretKey, String bucket) {
    return options(prefix, secretKey, bucket, Duration.ofSeconds(60));
  }

  /**
   * How a client reaches the server.
   *
   * @param patience short, so that a test of a server that hangs is, too
   */
  public S3Options options(String prefix, String secretKey, String bucket, Duration patience) {
    return new S3Options(
        Optional.of(url()),
        "us-east-1",
        bucket,
        prefix,
        true,
        Optional.of(new S3Options.Credentials(ACCESS_KEY, secretKey)),
        new S3Options.Encryption.OfBucket(),
        patience,
        patience,
        patience.multipliedBy(2),
        64 << 20);
  }

  public Bucket open() {
    return S3Bucket.open(options(""));
  }

  @Override
  public void close() throws IOException {
    wire.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("cannot stop the S3 server", e);
    }
  }
}
