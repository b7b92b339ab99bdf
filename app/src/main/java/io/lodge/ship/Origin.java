package io.lodge.ship;

import java.util.Map;

/**
 * Where lines come from, as OTLP says it: encoded once, copied into every request.
 *
 * @param name for messages
 * @param resource the {@code Resource} message
 * @param recordAttributes {@code LogRecord.attributes}, with their tags
 */
record Origin(String name, ProtoBuffer resource, ProtoBuffer recordAttributes) {

  static Origin of(
      String name, Map<String, String> resourceAttributes, Map<String, String> recordAttributes) {
    ProtoBuffer resource = new ProtoBuffer(256);
    resourceAttributes.forEach(
        (key, value) -> resource.message(Otlp.RESOURCE_ATTRIBUTES, Otlp.attribute(key, value)));
    ProtoBuffer attributes = new ProtoBuffer(256);
    recordAttributes.forEach(
        (key, value) -> attributes.message(Otlp.LOG_RECORD_ATTRIBUTES, Otlp.attribute(key, value)));
    return new Origin(name, resource, attributes);
  }
}
