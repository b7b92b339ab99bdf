package io.lodge.clickhouse;

import io.lodge.clickhouse.InsertResult.Wait;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an error code means for a block that was being inserted: the one table of it.
 *
 * <p>A code that is not listed means {@link Wait#OPERATOR}: data that might be fine is kept and the
 * code is reported loudly, rather than thrown away under a rule nobody wrote down. Names and
 * numbers: ClickHouse, {@code src/Common/ErrorCodes.cpp}.
 */
enum Verdict {
  // Pressure: refused before anything was written; the same send later will work.
  TIMEOUT_EXCEEDED(159, Wait.UNKNOWN_STATUS), // may strike between the parts of several partitions
  TOO_SLOW(160, Wait.UNKNOWN_STATUS),
  CANNOT_ALLOCATE_MEMORY(173, Wait.PRESSURE),
  QUOTA_EXCEEDED(201, Wait.PRESSURE), // quotas are per interval
  TOO_MANY_SIMULTANEOUS_QUERIES(202, Wait.PRESSURE),
  NO_FREE_CONNECTION(203, Wait.PRESSURE),
  MEMORY_LIMIT_EXCEEDED(241, Wait.PRESSURE), // a view may be hit after the first target was written
  TOO_MANY_PARTS(252, Wait.PRESSURE), // merges are behind
  RECEIVED_ERROR_TOO_MANY_REQUESTS(364, Wait.PRESSURE), // from an object store under the table
  CANNOT_SCHEDULE_TASK(439, Wait.PRESSURE), // thread pool full
  DEADLOCK_AVOIDED(473, Wait.PRESSURE), // lock timeout, e.g. beside an ALTER
  TOO_MANY_MUTATIONS(692, Wait.PRESSURE),
  USER_SESSION_LIMIT_EXCEEDED(700, Wait.PRESSURE),
  SERVER_OVERLOADED(745, Wait.PRESSURE),
  MEMORY_RESERVATION_KILLED(777, Wait.PRESSURE),
  MEMORY_RESERVATION_FAILED(778, Wait.PRESSURE),

  // Unknown status: it may be stored; the token makes the next send harmless.
  SOCKET_TIMEOUT(209, Wait.UNKNOWN_STATUS),
  NETWORK_ERROR(210, Wait.UNKNOWN_STATUS),
  QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING(216, Wait.UNKNOWN_STATUS),
  NO_ZOOKEEPER(225, Wait.UNKNOWN_STATUS),
  ABORTED(236, Wait.UNKNOWN_STATUS), // the server is going down
  TABLE_IS_READ_ONLY(242, Wait.UNKNOWN_STATUS), // a replica lost its Keeper session
  UNEXPECTED_ZOOKEEPER_ERROR(244, Wait.UNKNOWN_STATUS),
  TOO_FEW_LIVE_REPLICAS(285, Wait.UNKNOWN_STATUS),
  UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE(286, Wait.UNKNOWN_STATUS),
  UNKNOWN_STATUS_OF_INSERT(319, Wait.UNKNOWN_STATUS),
  QUERY_WAS_CANCELLED(394, Wait.UNKNOWN_STATUS), // someone killed it
  QUERY_WAS_CANCELLED_BY_CLIENT(735, Wait.UNKNOWN_STATUS),
  S3_ERROR(499, Wait.UNKNOWN_STATUS),
  UNKNOWN_STATUS_OF_TRANSACTION(659, Wait.UNKNOWN_STATUS),
  ALL_CONNECTION_TRIES_FAILED(279, Wait.UNKNOWN_STATUS), // a Distributed table's shard
  KEEPER_EXCEPTION(999, Wait.UNKNOWN_STATUS),
  // A body cut on its way ends too early or does not match its checksum: the bytes we keep are
  // whole, so a resend helps. If the disk's bytes were bad the segment's own checksum says so.
  CANNOT_READ_ALL_DATA(33, Wait.UNKNOWN_STATUS),
  ATTEMPT_TO_READ_AFTER_EOF(32, Wait.UNKNOWN_STATUS),
  CHECKSUM_DOESNT_MATCH(40, Wait.UNKNOWN_STATUS),
  CANNOT_DECOMPRESS(271, Wait.UNKNOWN_STATUS), // 26.x reports a wrong checksum with this one

  // Operator: nothing is wrong with the data, and waiting alone will not help.
  NO_SUCH_COLUMN_IN_TABLE(16, Wait.OPERATOR), // the schema is older than this gateway: apply it
  UNKNOWN_TABLE(60, Wait.OPERATOR),
  UNKNOWN_DATABASE(81, Wait.OPERATOR),
  UNKNOWN_SETTING(115, Wait.OPERATOR), // the server is older than Lodge supports
  READONLY(164, Wait.OPERATOR), // the user may not write
  UNKNOWN_USER(192, Wait.OPERATOR),
  WRONG_PASSWORD(193, Wait.OPERATOR),
  REQUIRED_PASSWORD(194, Wait.OPERATOR),
  IP_ADDRESS_NOT_ALLOWED(195, Wait.OPERATOR),
  TABLE_IS_DROPPED(218, Wait.OPERATOR),
  NOT_ENOUGH_SPACE(243, Wait.OPERATOR),
  DATABASE_ACCESS_DENIED(291, Wait.OPERATOR),
  SETTING_CONSTRAINT_VIOLATION(452, Wait.OPERATOR),
  ACCESS_DENIED(497, Wait.OPERATOR),
  AUTHENTICATION_FAILED(516, Wait.OPERATOR),
  USER_EXPIRED(720, Wait.OPERATOR),
  TABLE_IS_PERMANENTLY_READ_ONLY(774, Wait.OPERATOR),

  // The data is at fault: the same bytes will be refused for ever.
  UNEXPECTED_END_OF_FILE(3),
  CANNOT_PARSE_TEXT(6),
  CANNOT_PARSE_ESCAPE_SEQUENCE(25),
  CANNOT_PARSE_QUOTED_STRING(26),
  CANNOT_PARSE_INPUT_ASSERTION_FAILED(27),
  CANNOT_PARSE_DATE(38),
  TOO_LARGE_SIZE_COMPRESSED(39),
  CANNOT_PARSE_DATETIME(41),
  UNKNOWN_TYPE(50),
  TYPE_MISMATCH(53),
  ARGUMENT_OUT_OF_BOUND(69),
  CANNOT_CONVERT_TYPE(70),
  CANNOT_PARSE_NUMBER(72),
  UNKNOWN_COMPRESSION_METHOD(89),
  INCORRECT_DATA(117),
  TOO_LARGE_ARRAY_SIZE(128),
  CANNOT_READ_ARRAY_FROM_TEXT(130),
  TOO_LARGE_STRING_SIZE(131),
  VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE(321),
  CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN(349),
  CANNOT_PARSE_UUID(376),
  VIOLATED_CONSTRAINT(469),
  UNEXPECTED_DATA_AFTER_PARSED_VALUE(632);

  private static final Map<Integer, Verdict> BY_CODE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(v -> v.code, v -> v));

  /**
   * How ClickHouse 26.7 ends a message of a materialized view or its target, from the view that
   * failed outwards: {@code : while pushing to view db.name}.
   */
  private static final Pattern VIEW =
      Pattern.compile(": while pushing to view ((?:`[^`]*`|\\w+)(?:\\.(?:`[^`]*`|\\w+))?)");

  private final int code;

  /** Why to wait; null if the data is at fault. */
  private final @Nullable Wait wait;

  Verdict(int code, @Nullable Wait wait) {
    this.code = code;
    this.wait = wait;
  }

  Verdict(int code) {
    this(code, null);
  }

  int code() {
    return code;
  }

  /** Whether the code says that memory is lacking. */
  static boolean isOfMemory(int code) {
    return code == CANNOT_ALLOCATE_MEMORY.code
        || code == MEMORY_LIMIT_EXCEEDED.code
        || code == MEMORY_RESERVATION_KILLED.code
        || code == MEMORY_RESERVATION_FAILED.code;
  }

  /**
   * The landing table could read the block: what fails is a view behind it, such as one that a user
   * made. Its rows are as good as before once the view is mended or gone.
   */
  private static String ofView(String view, String message) {
    return "the materialized view %s fails; mend or drop it: %s".formatted(view, message);
  }

  /** What to do with a block after ClickHouse answered {@code code} and {@code message}. */
  static InsertResult of(int code, String message) {
    Verdict verdict = BY_CODE.get(code);
    if (verdict == INCORRECT_DATA && message.contains("Unknown column with name")) {
      verdict = NO_SUCH_COLUMN_IN_TABLE; // the Native reader has no code of its own for it
    }
    if (verdict != null && verdict.wait == null) {
      Matcher view = VIEW.matcher(message);
      if (view.find()) {
        return new InsertResult.RetryLater(Wait.OPERATOR, code, ofView(view.group(1), message));
      }
    }
    if (verdict == null) {
      return new InsertResult.RetryLater(Wait.OPERATOR, code, message);
    }
    Wait wait = verdict.wait;
    return wait == null
        ? new InsertResult.Refused(code, message)
        : new InsertResult.RetryLater(wait, code, message);
  }
}
