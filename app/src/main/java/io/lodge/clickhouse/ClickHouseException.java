package io.lodge.clickhouse;

import java.io.IOException;
import java.io.Serial;

/** ClickHouse refused or broke off a query. */
public final class ClickHouseException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int code;

  ClickHouseException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** ClickHouse's error code, such as 60 for an unknown table; 0 if it gave none. */
  public int code() {
    return code;
  }

  /** The same, with what to do about it. */
  public ClickHouseException advised(String advice) {
    return new ClickHouseException(code, getMessage() + "; " + advice);
  }
}
