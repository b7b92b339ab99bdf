package io.lodge.ship;

/**
 * The field numbers of OTLP logs this client writes and reads (opentelemetry-proto 1.x, {@code
 * logs.proto}, {@code common.proto}, {@code resource.proto}, {@code logs_service.proto}).
 */
final class Otlp {
  static final int REQUEST_RESOURCE_LOGS = 1;
  static final int RESOURCE_LOGS_RESOURCE = 1;
  static final int RESOURCE_LOGS_SCOPE_LOGS = 2;
  static final int SCOPE_LOGS_SCOPE = 1;
  static final int SCOPE_LOGS_LOG_RECORDS = 2;
  static final int SCOPE_NAME = 1;
  static final int RESOURCE_ATTRIBUTES = 1;

  static final int LOG_RECORD_TIME = 1;
  static final int LOG_RECORD_SEVERITY_NUMBER = 2;
  static final int LOG_RECORD_SEVERITY_TEXT = 3;
  static final int LOG_RECORD_BODY = 5;
  static final int LOG_RECORD_ATTRIBUTES = 6;
  static final int LOG_RECORD_OBSERVED_TIME = 11;

  static final int VALUE_STRING = 1;
  static final int VALUE_BOOL = 2;
  static final int VALUE_INT = 3;
  static final int VALUE_BYTES = 7;

  static final int RESPONSE_PARTIAL_SUCCESS = 1;
  static final int PARTIAL_SUCCESS_REJECTED = 1;
  static final int PARTIAL_SUCCESS_MESSAGE = 2;

  private static final int KEY_VALUE_KEY = 1;
  private static final int KEY_VALUE_VALUE = 2;

  private Otlp() {}

  static ProtoBuffer attribute(String key, String value) {
    return attribute(key, new ProtoBuffer(64).string(VALUE_STRING, value));
  }

  static ProtoBuffer attribute(String key, long value) {
    return attribute(key, new ProtoBuffer(16).varint(VALUE_INT, value));
  }

  static ProtoBuffer attribute(String key, boolean value) {
    return attribute(key, new ProtoBuffer(16).varint(VALUE_BOOL, value ? 1 : 0));
  }

  static ProtoBuffer attribute(String key, ProtoBuffer value) {
    return new ProtoBuffer(64).string(KEY_VALUE_KEY, key).message(KEY_VALUE_VALUE, value);
  }
}
