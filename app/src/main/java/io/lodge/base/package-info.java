/**
 * Time, byte budget, buffers, backoff and units: what every room may lean on. It knows nothing of
 * logs, ClickHouse or protocols.
 */
@NullMarked
package io.lodge.base;

import org.jspecify.annotations.NullMarked;
