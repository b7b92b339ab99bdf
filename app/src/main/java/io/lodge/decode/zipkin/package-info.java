/**
 * Zipkin v2 spans, in JSON and protobuf → rows of traces, in OpenTelemetry's terms. Pure, as all
 * decoders.
 */
@NullMarked
package io.lodge.decode.zipkin;

import org.jspecify.annotations.NullMarked;
