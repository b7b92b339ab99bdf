package io.lodge.base.net;

import java.nio.file.Path;

/**
 * Where a listener's identity lies.
 *
 * @param certificates PEM, the listener's own certificate first, then the chain
 * @param key PEM, PKCS#8, not encrypted
 */
public record TlsFiles(Path certificates, Path key) {}
