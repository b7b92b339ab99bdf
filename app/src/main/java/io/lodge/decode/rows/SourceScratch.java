package io.lodge.decode.rows;

import io.lodge.decode.wire.SourceContext;

/** What a reader keeps from payload to payload for resources and scopes: memory only. */
public final class SourceScratch {
  /** The present resource and scope. */
  public final SourceFields resource = new SourceFields();

  public final SourceFields scope = new SourceFields();
  public final SourceContext context = new SourceContext();
}
