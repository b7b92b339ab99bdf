package io.lodge.engine;

/**
 * The engine's users.
 *
 * <ul>
 *   <li>{@code lodge} writes: from this machine only, with a password nobody else can read.
 *   <li>{@code reader} is for people, dashboards and queries: it reads tables and nothing else,
 *       within limits that it cannot lift, and reaches no file, address or other server.
 *   <li>{@code default}, whom clients are that name nobody, is the same reader, from this machine
 *       only and without a password. It is also the library's own session that keeps the process
 *       alive: the library insists on this name and on no password. So where the reader has a
 *       password, {@code default} reads nothing.
 * </ul>
 */
final class UsersXml {
  /** The user that writes. */
  static final String WRITER = "lodge";

  /** The user that reads. */
  static final String READER = "reader";

  private UsersXml() {}

  static String render(EngineOptions options, String writerSha256) {
    EngineOptions.QueryLimits limits = options.limits();
    // Zero would be no limit at all.
    long timeMaxSeconds = Math.max(1, limits.timeMax().toSeconds());
    return TEMPLATE.formatted(
        timeMaxSeconds,
        limits.memoryBytesMax(),
        limits.resultRowsMax(),
        timeMaxSeconds,
        limits.memoryBytesMax(),
        limits.resultRowsMax(),
        writerSha256,
        readerSecret(options.readerPassword()),
        options.openToOthers() ? "<ip>::/0</ip>" : LOOPBACK,
        READS,
        options.readerPassword().isEmpty() ? READS : "");
  }

  private static String readerSecret(String password) {
    return password.isEmpty()
        ? "<no_password/>"
        : "<password_sha256_hex>" + EngineFiles.sha256(password) + "</password_sha256_hex>";
  }

  /** What the reader may: nothing here reaches a file, an address or another server. */
  private static final String READS =
      """
              <query>GRANT SELECT ON otel.*</query>
              <query>GRANT SELECT ON analytics.*</query>
              <query>GRANT SELECT ON system.*</query>
              <query>GRANT SHOW ON *.*</query>
              <query>GRANT dictGet ON *.*</query>
      """;

  private static final String LOOPBACK = "<ip>127.0.0.1</ip><ip>::1</ip>";

  /**
   * {@code readonly} 2: dashboards may set what their driver wants to set, but not write, and not
   * lift a limit that is constrained here.
   */
  private static final String TEMPLATE =
      """
      <clickhouse>
        <profiles>
          <default/>
          <reader>
            <readonly>2</readonly>
            <max_execution_time>%d</max_execution_time>
            <max_memory_usage>%d</max_memory_usage>
            <max_result_rows>%d</max_result_rows>
            <result_overflow_mode>throw</result_overflow_mode>
            <constraints>
              <readonly><const/></readonly>
              <max_execution_time><min>1</min><max>%d</max></max_execution_time>
              <max_memory_usage><min>1</min><max>%d</max></max_memory_usage>
              <max_result_rows><min>1</min><max>%d</max></max_result_rows>
              <timeout_overflow_mode><const/></timeout_overflow_mode>
              <allow_ddl><const/></allow_ddl>
            </constraints>
          </reader>
        </profiles>
        <quotas><default/></quotas>
        <users>
          <lodge>
            <password_sha256_hex>%s</password_sha256_hex>
            <networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
            <profile>default</profile>
            <quota>default</quota>
            <access_management>1</access_management>
          </lodge>
          <reader>
            %s
            <networks>%s</networks>
            <profile>reader</profile>
            <quota>default</quota>
            <grants>
        %s    </grants>
          </reader>
          <default>
            <no_password/>
            <networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
            <profile>reader</profile>
            <quota>default</quota>
            <grants>
              <query>GRANT SYSTEM LISTEN ON *.*</query>
              <query>GRANT SELECT ON system.numbers</query>
        %s    </grants>
          </default>
        </users>
      </clickhouse>
      """;
}
