package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resource or of a scope as found: what is common to all records of it. Offsets
 * follow {@link AttributeSlices}; what had to be rendered lies in {@link #text}.
 */
public final class SourceFields {
  public final ByteSink text = new ByteSink(4096);
  public final AttributeSlices attributes = new AttributeSlices(text);
  public int droppedAttributes;
  public int schemaUrlAt;
  public int schemaUrlLength;

  /** Name and version: of a scope only. */
  public int nameAt;

  public int nameLength;
  public int versionAt;
  public int versionLength;

  /** The service, of a resource whose protocol has another name for it than OpenTelemetry. */
  boolean hasService;

  int serviceAt;
  int serviceLength;

  /** Why no record of this source can be stored; null if they can. */
  public @Nullable Rejection rejection;

  /** Forgets all; offsets too, for even an empty slice must lie in its array. */
  public void clear() {
    text.clear(1 << 20);
    attributes.clear();
    droppedAttributes = 0;
    schemaUrlAt = 0;
    schemaUrlLength = 0;
    nameAt = 0;
    nameLength = 0;
    versionAt = 0;
    versionLength = 0;
    hasService = false;
    rejection = null;
  }

  /** Says which slice is the service; without this the attribute {@code service.name}. */
  public void service(int at, int length) {
    hasService = true;
    serviceAt = at;
    serviceLength = length;
  }
}
