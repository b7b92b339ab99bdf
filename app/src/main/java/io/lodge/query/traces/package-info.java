/**
 * Traces: one by its id, those of which a span matches a search, how long spans take, and which
 * service calls which. Reads {@code otel.otel_traces} and {@code otel.otel_traces_trace_id_ts}; a
 * trace is never looked for without bounds of time. Writes nothing.
 */
@NullMarked
package io.lodge.query.traces;

import org.jspecify.annotations.NullMarked;
