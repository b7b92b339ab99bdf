package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resource or of a scope as found: what is common to all records of it. Offsets
 * follow {@link AttributeSlices}; what had to be rendered lies in {@link #text}.
 */
final class SourceFields {
  final ByteSink text = new ByteSink(4096);
  final AttributeSlices attributes = new AttributeSlices(text);
  int droppedAttributes;
  int schemaUrlAt;
  int schemaUrlLength;

  /** Name and version: of a scope only. */
  int nameAt;

  int nameLength;
  int versionAt;
  int versionLength;

  /** Why no record of this source can be stored; null if they can. */
  @Nullable Rejection rejection;

  /** Forgets all; offsets too, for even an empty slice must lie in its array. */
  void clear() {
    text.clear(1 << 20);
    attributes.clear();
    droppedAttributes = 0;
    schemaUrlAt = 0;
    schemaUrlLength = 0;
    nameAt = 0;
    nameLength = 0;
    versionAt = 0;
    versionLength = 0;
    rejection = null;
  }
}
