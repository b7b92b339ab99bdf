package io.lodge.query.run;

import io.lodge.clickhouse.ClickHouseException;
import io.lodge.query.search.SearchException;
import io.lodge.query.time.BadTimeException;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question that has no answer, and why. */
public final class QueryFault extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What kind of fault it is; clients go by it. */
  public enum Kind {
    /** The search cannot be understood: {@link #from} and {@link #to} say where. */
    BAD_SEARCH,
    BAD_REQUEST,
    /** ClickHouse cannot run the statement that somebody typed. */
    BAD_QUERY,
    /** The question took all it may take: {@link #guard} says of what. */
    LIMIT_EXCEEDED,
    /** Too many questions at once; another time it has an answer. */
    BUSY,
    NOT_FOUND,
    NOT_ALLOWED,
    UNREACHABLE,
    INTERNAL
  }

  private final Kind kind;
  private final @Nullable Guard guard;
  private final int clickhouseCode;
  private final int from;
  private final int to;

  private QueryFault(
      Kind kind, String message, @Nullable Guard guard, int clickhouseCode, int from, int to) {
    super(message);
    this.kind = kind;
    this.guard = guard;
    this.clickhouseCode = clickhouseCode;
    this.from = from;
    this.to = to;
  }

  public static QueryFault badRequest(String message) {
    return new QueryFault(Kind.BAD_REQUEST, message, null, 0, 0, 0);
  }

  public static QueryFault notFound(String message) {
    return new QueryFault(Kind.NOT_FOUND, message, null, 0, 0, 0);
  }

  public static QueryFault of(BadTimeException e) {
    return badRequest(String.valueOf(e.getMessage()));
  }

  public static QueryFault of(SearchException e) {
    return badSearch(String.valueOf(e.getMessage()), e.from(), e.to());
  }

  /** What was typed is no search, from one character to the one before another. */
  public static QueryFault badSearch(String message, int from, int to) {
    return new QueryFault(Kind.BAD_SEARCH, message, null, 0, from, to);
  }

  /** All of a guard is taken. */
  public static QueryFault limit(Guard guard, String message) {
    Kind kind = guard == Guard.CONCURRENCY ? Kind.BUSY : Kind.LIMIT_EXCEEDED;
    return new QueryFault(kind, message, guard, 0, 0, 0);
  }

  /** What ClickHouse said to a statement of ours, or that it was not reached. */
  public static QueryFault of(IOException e) {
    int code = e instanceof ClickHouseException refused ? refused.code() : 0;
    String message = String.valueOf(e.getMessage());
    return new QueryFault(kindOf(code), message, Guard.of(code).orElse(null), code, 0, 0);
  }

  /**
   * What ClickHouse's error codes are to whoever asked. Source: ClickHouse, ErrorCodes.cpp.
   *
   * @param clickhouseCode 0 if it gave none
   * @return {@link Kind#INTERNAL} for all that a statement of ours should not meet
   */
  public static Kind kindOf(int clickhouseCode) {
    Optional<Guard> guard = Guard.of(clickhouseCode);
    if (guard.isPresent()) {
      return guard.get() == Guard.CONCURRENCY ? Kind.BUSY : Kind.LIMIT_EXCEEDED;
    }
    return switch (clickhouseCode) {
      // No code: it was not reached, or what answered is no ClickHouse. NETWORK_ERROR,
      // SOCKET_TIMEOUT, ALL_CONNECTION_TRIES_FAILED; AUTHENTICATION_FAILED: our login.
      case 0, 209, 210, 279, 516 -> Kind.UNREACHABLE;
      // READONLY, ACCESS_DENIED, QUERY_IS_PROHIBITED, SETTING_CONSTRAINT_VIOLATION
      case 164, 497, 392, 452 -> Kind.NOT_ALLOWED;
      // CANNOT_COMPILE_REGEXP, BAD_QUERY_PARAMETER: values that ClickHouse itself parses
      case 427, 457 -> Kind.BAD_REQUEST;
      default -> Kind.INTERNAL;
    };
  }

  /** The same of a statement that somebody typed: what ClickHouse says to it is not our mistake. */
  public QueryFault ofTyped() {
    return clickhouseCode == 0
        ? this
        : new QueryFault(
            kindOfTyped(clickhouseCode), String.valueOf(getMessage()), guard, clickhouseCode, 0, 0);
  }

  /** What an error code is to whoever typed the statement; {@link #kindOf} is for ours. */
  public static Kind kindOfTyped(int clickhouseCode) {
    Kind ours = kindOf(clickhouseCode);
    return ours == Kind.INTERNAL || ours == Kind.BAD_REQUEST ? Kind.BAD_QUERY : ours;
  }

  public Kind kind() {
    return kind;
  }

  /** The guard that was hit, if it was one. */
  public Optional<Guard> guard() {
    return Optional.ofNullable(guard);
  }

  /** ClickHouse's error code; 0 if it gave none. */
  public int clickhouseCode() {
    return clickhouseCode;
  }

  /** The first character of the search that is wrong. */
  public int from() {
    return from;
  }

  /** Behind the last one. */
  public int to() {
    return to;
  }
}
