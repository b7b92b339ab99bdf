/**
 * The pipeline: the one place that sees every stage in order (decode, journal, acknowledge,
 * deliver). It knows no protocol and opens no socket.
 */
@NullMarked
package io.lodge.ingest;

import org.jspecify.annotations.NullMarked;
