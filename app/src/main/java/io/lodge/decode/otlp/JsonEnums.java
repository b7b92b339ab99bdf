package io.lodge.decode.otlp;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.wire.JsonReader;
import java.util.List;

/** Enumerations in proto3's JSON mapping: a number, or the name of one. */
final class JsonEnums {
  private JsonEnums() {}

  /**
   * Reads one. A name that no version of OTLP has is as good as none.
   *
   * @param prefix what all names begin with
   * @param names the rest of the names of 0, 1, and so on
   */
  static int read(JsonReader in, String prefix, List<String> names)
      throws MalformedPayloadException {
    if (in.isString()) {
      String name = in.string();
      if (name.startsWith(prefix)) {
        return Math.max(0, names.indexOf(name.substring(prefix.length())));
      }
    }
    return Math.clamp(in.int64(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
