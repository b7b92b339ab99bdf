package io.lodge.decode.otlp;

import io.lodge.decode.wire.SourceContext;

/** What a reader keeps from payload to payload for resources and scopes: memory only. */
final class SourceScratch {
  /** The present resource and scope. */
  final SourceFields resource = new SourceFields();

  final SourceFields scope = new SourceFields();
  final SourceContext context = new SourceContext();
}
