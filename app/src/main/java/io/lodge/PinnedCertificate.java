package io.lodge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whoever has the key of one certificate, and nobody else. For this process to speak to
 * itself: the certificate is issued for the name that others use, not for the loopback address.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {
  private final X509Certificate certificate;

  private PinnedCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /**
   * @param pem a chain, the certificate itself first
   */
  static SSLContext trustedBy(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      X509Certificate first =
          (X509Certificate)
              CertificateFactory.getInstance("X.509").generateCertificates(in).iterator().next();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedCertificate(first)}, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot trust " + pem + ", which a listener serves", e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (!chain[0].equals(certificate)) {
      throw new CertificateException("unexpected certificate: it is not this gateway's own");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
