package io.lodge.receive;

import tools.jackson.core.io.JsonStringEncoder;

/** Text in the JSON of answers. */
final class JsonText {
  private JsonText() {}

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
