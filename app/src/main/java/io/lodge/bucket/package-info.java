/**
 * Objects by name, in a bucket that may be slow, failing or shared: put where there is none, get,
 * list, copy, delete. S3 and what speaks like it fill it.
 *
 * <p>It knows nothing of segments or leases, never retries on its own, and keeps nothing in memory
 * beyond the call.
 */
@NullMarked
package io.lodge.bucket;

import org.jspecify.annotations.NullMarked;
