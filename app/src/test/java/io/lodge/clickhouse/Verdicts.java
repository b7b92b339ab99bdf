package io.lodge.clickhouse;

/** What the client makes of ClickHouse's error codes, for who stands in ClickHouse's place. */
public final class Verdicts {
  private Verdicts() {}

  public static InsertResult of(int code, String message) {
    return Verdict.of(code, message);
  }
}
