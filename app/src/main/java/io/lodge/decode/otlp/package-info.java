/**
 * OTLP, protobuf and JSON → rows. The protobuf reader walks the wire bytes and appends to columns:
 * no object and no String per record.
 *
 * <p>Source: opentelemetry-proto 1.x, {@code logs.proto}, {@code common.proto}, {@code
 * resource.proto}, and the protobuf encoding specification.
 */
@NullMarked
package io.lodge.decode.otlp;

import org.jspecify.annotations.NullMarked;
