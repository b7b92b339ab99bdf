package io.lodge.engine;

/** Text in XML. */
final class Xml {
  private Xml() {}

  static String escape(Object value) {
    return value
        .toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
