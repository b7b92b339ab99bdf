package io.lodge.schema;

import java.io.IOException;

/** The server has the schema of a newer build; nothing was changed, and what is there works on. */
public final class NewerSchemaException extends IOException {
  private static final long serialVersionUID = 1L;

  NewerSchemaException(int newest, int own) {
    super(
        ("cannot change the schema: a newer Lodge has applied its own (revision %d, this build has %d);"
                + " upgrade this one. To go back on purpose: DELETE FROM otel.schema_revisions WHERE Revision > %d")
            .formatted(newest, own, own));
  }
}
