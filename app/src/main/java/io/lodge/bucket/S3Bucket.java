package io.lodge.bucket;

import static software.amazon.awssdk.core.checksums.RequestChecksumCalculation.WHEN_REQUIRED;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * A bucket that speaks S3: Amazon's, MinIO's, Ceph's and others that know conditional writes
 * ({@code If-None-Match: *} on PUT).
 *
 * <p>Every PUT says the MD5 of its bytes, which every such server checks. The SDK's own checksums
 * are left out, for they come in a framing that not all servers read.
 */
public final class S3Bucket implements Bucket {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int PRECONDITION_FAILED = 412;

  private static final int NOT_FOUND = 404;

  private final S3Options options;
  private final S3Faults faults;
  private final S3Client client;

  private S3Bucket(S3Options options, S3Client client) {
    this.options = options;
    this.client = client;
    faults = new S3Faults(options);
  }

  /** Opens no connection yet. */
  public static S3Bucket open(S3Options options) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(options.region()))
            .forcePathStyle(options.pathStyle())
            .credentialsProvider(credentials(options))
            .requestChecksumCalculation(WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .overrideConfiguration(calls -> calls.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(options.connectTimeout())
                    .socketTimeout(options.silenceTimeout())
                    .build());
    options.endpoint().ifPresent(builder::endpointOverride);
    return new S3Bucket(options, builder.build());
  }

  private static AwsCredentialsProvider credentials(S3Options options) {
    return options
        .credentials()
        .<AwsCredentialsProvider>map(key ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKey(), key.secretKey())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  @Override
  public boolean putIfAbsent(String name, Content content) throws IOException {
    String md5 = md5(content);
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(options.bucket())
            .key(key(name))
            .contentMD5(md5)
            .ifNoneMatch("*")
            .overrideConfiguration(within(options.transferTimeout(content.sizeBytes())));
    encrypt(request);
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> opened(content), content.sizeBytes(), "application/octet-stream");
    try {
      client.putObject(request.build(), body);
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw faults.of("put", name, e);
    } catch (SdkException | UncheckedIOException e) {
      throw faults.of("put", name, e);
    }
  }

  private static InputStream opened(Content content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String md5(Content content) throws IOException {
    try (InputStream in = content.open()) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        md5.update(buffer, 0, n);
      }
      return Base64.getEncoder().encodeToString(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void encrypt(PutObjectRequest.Builder request) {
    switch (options.encryption()) {
      case S3Options.Encryption.OfBucket _ -> {}
      case S3Options.Encryption.Aes256 _ ->
          request.serverSideEncryption(ServerSideEncryption.AES256);
      case S3Options.Encryption.Kms(String keyId) -> {
        request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        if (!keyId.isEmpty()) {
          request.ssekmsKeyId(keyId);
        }
      }
    }
  }

  private void encrypt(CopyObjectRequest.Builder request) {
    switch (options.encryption()) {
      case S3Options.Encryption.OfBucket _ -> {}
      case S3Options.Encryption.Aes256 _ ->
          request.serverSideEncryption(ServerSideEncryption.AES256);
      case S3Options.Encryption.Kms(String keyId) -> {
        request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        if (!keyId.isEmpty()) {
          request.ssekmsKeyId(keyId);
        }
      }
    }
  }

  @Override
  public boolean get(String name, OutputStream to) throws IOException {
    ResponseInputStream<GetObjectResponse> from;
    try {
      from = client.getObject(request(name), ResponseTransformer.toInputStream());
    } catch (S3Exception e) {
      if (isAbsent(e)) {
        return false;
      }
      throw faults.of("get", name, e);
    } catch (SdkException e) {
      throw faults.of("get", name, e);
    }
    try {
      copy(name, from, to);
    } finally {
      from.abort();
    }
    return true;
  }

  private void copy(String name, ResponseInputStream<GetObjectResponse> from, OutputStream to)
      throws IOException {
    long wantedBytes = from.response().contentLength();
    long endNanos = System.nanoTime() + options.transferTimeout(wantedBytes).toNanos();
    byte[] buffer = new byte[BUFFER_BYTES];
    long doneBytes = 0;
    for (int n; (n = read(name, from, buffer)) >= 0; doneBytes += n) {
      to.write(buffer, 0, n);
      if (System.nanoTime() - endNanos > 0) {
        throw new BucketFault(
            "cannot get %s: only %d of %d B came in time".formatted(name, doneBytes, wantedBytes));
      }
    }
    if (doneBytes != wantedBytes) {
      throw new BucketFault(
          "cannot get %s: the answer ended after %d of %d B"
              .formatted(name, doneBytes, wantedBytes));
    }
  }

  private int read(String name, InputStream from, byte[] buffer) throws BucketFault {
    try {
      return from.read(buffer);
    } catch (IOException | SdkException e) {
      throw faults.of("get", name, e);
    }
  }

  private GetObjectRequest request(String name) {
    return GetObjectRequest.builder()
        .bucket(options.bucket())
        .key(key(name))
        .overrideConfiguration(within(options.callTimeout()))
        .build();
  }

  @Override
  public Optional<StoredObject> find(String name) throws BucketFault {
    try {
      HeadObjectResponse found =
          client.headObject(head ->
              head.bucket(options.bucket())
                  .key(key(name))
                  .overrideConfiguration(within(options.callTimeout())));
      return Optional.of(new StoredObject(name, found.contentLength(), found.lastModified()));
    } catch (S3Exception e) {
      // A HEAD has no body to tell a missing object from a missing bucket; a PUT will.
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw faults.of("find", name, e);
    } catch (SdkException e) {
      throw faults.of("find", name, e);
    }
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> visitor) throws BucketFault {
    String token = null;
    do {
      ListObjectsV2Response page = page(prefix, token);
      page.contents()
          .forEach(object ->
              visitor.accept(
                  new StoredObject(
                      object.key().substring(options.prefix().length()),
                      object.size(),
                      object.lastModified())));
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
  }

  private ListObjectsV2Response page(String prefix, @Nullable String token) throws BucketFault {
    try {
      return client.listObjectsV2(list ->
          list.bucket(options.bucket())
              .prefix(key(prefix))
              .continuationToken(token)
              .overrideConfiguration(within(options.callTimeout())));
    } catch (SdkException e) {
      throw faults.of("list", prefix, e);
    }
  }

  @Override
  public void copy(String from, String to) throws BucketFault {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(options.bucket())
            .sourceKey(key(from))
            .destinationBucket(options.bucket())
            .destinationKey(key(to))
            .overrideConfiguration(within(options.callTimeout()));
    encrypt(request);
    try {
      client.copyObject(request.build());
    } catch (SdkException e) {
      throw faults.of("copy", from, e);
    }
  }

  @Override
  public void delete(String name) throws BucketFault {
    try {
      client.deleteObject(delete ->
          delete
              .bucket(options.bucket())
              .key(key(name))
              .overrideConfiguration(within(options.callTimeout())));
    } catch (SdkException e) {
      throw faults.of("delete", name, e);
    }
  }

  private static boolean isAbsent(S3Exception e) {
    return e.statusCode() == NOT_FOUND
        && e.awsErrorDetails() != null
        && "NoSuchKey".equals(e.awsErrorDetails().errorCode());
  }

  private String key(String name) {
    return options.prefix() + name;
  }

  private static AwsRequestOverrideConfiguration within(Duration timeout) {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
