package io.lodge.api;

/** What ClickHouse's error codes are to a client of the API. Source: ClickHouse, ErrorCodes.cpp. */
enum SqlFault {
  BAD_QUERY("bad_query", 400),
  NOT_ALLOWED("not_allowed", 403),
  LIMIT_EXCEEDED("limit_exceeded", 422),
  BUSY("busy", 503),
  UNREACHABLE("unreachable", 502);

  final String code;
  final int status;

  SqlFault(String code, int status) {
    this.code = code;
    this.status = status;
  }

  static SqlFault of(int clickhouseCode) {
    return switch (clickhouseCode) {
      // It gave no code: it was not reached, or what answered is no ClickHouse.
      case 0 -> UNREACHABLE;
      // NETWORK_ERROR, SOCKET_TIMEOUT, ALL_CONNECTION_TRIES_FAILED; AUTHENTICATION_FAILED: our
      // login
      case 209, 210, 279, 516 -> UNREACHABLE;
      // READONLY, ACCESS_DENIED, QUERY_IS_PROHIBITED, SETTING_CONSTRAINT_VIOLATION
      case 164, 497, 392, 452 -> NOT_ALLOWED;
      // TOO_MANY_ROWS, TIMEOUT_EXCEEDED, TOO_SLOW, TOO_MANY_BYTES, MEMORY_LIMIT, ..._ROWS_OR_BYTES
      case 158, 159, 160, 307, 241, 396 -> LIMIT_EXCEEDED;
      // TOO_MANY_SIMULTANEOUS_QUERIES, QUOTA_EXCEEDED
      case 202, 201 -> BUSY;
      default -> BAD_QUERY;
    };
  }
}
