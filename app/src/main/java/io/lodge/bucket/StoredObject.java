package io.lodge.bucket;

import java.time.Instant;

/**
 * An object without its bytes.
 *
 * @param modified when it was made, by the bucket's clock
 */
public record StoredObject(String name, long sizeBytes, Instant modified) {}
