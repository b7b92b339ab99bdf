package io.lodge.engine;

import java.net.InetAddress;

/**
 * The engine's config.xml. It takes few threads and little memory: it shares a laptop with
 * everything else.
 */
final class ConfigXml {
  private ConfigXml() {}

  static String render(EngineOptions options, EngineFiles files) {
    return TEMPLATE.formatted(
        Xml.escape(files.log()),
        listenHosts(options),
        options.http().getPort(),
        options.tcp().getPort(),
        Xml.escape(files.tables()),
        Xml.escape(files.tables().resolve("backups")),
        Xml.escape(files.tables().resolve("tmp")),
        Xml.escape(files.tables().resolve("user_files")),
        Xml.escape(files.config().resolveSibling("users.xml")));
  }

  /**
   * Both ports open on every host given, so the options have the same for both. The gateway's own
   * user may come from loopback only: that is always among them.
   */
  private static String listenHosts(EngineOptions options) {
    InetAddress host = options.http().getAddress();
    String listen = "<listen_host>%s</listen_host>".formatted(Xml.escape(host.getHostAddress()));
    return host.isAnyLocalAddress() || host.isLoopbackAddress()
        ? listen
        : listen + "<listen_host>127.0.0.1</listen_host>";
  }

  private static final String TEMPLATE =
      """
      <clickhouse>
        <logger>
          <level>information</level>
          <log>%s</log>
          <size>50M</size>
          <count>2</count>
        </logger>
        %s
        <http_port>%d</http_port>
        <tcp_port>%d</tcp_port>
        <path>%s/</path>
        <storage_configuration>
          <disks>
            <backups><type>local</type><path>%s/</path></backups>
          </disks>
        </storage_configuration>
        <backups><allowed_disk>backups</allowed_disk></backups>
        <tmp_path>%s/</tmp_path>
        <user_files_path>%s/</user_files_path>
        <user_directories><users_xml><path>%s</path></users_xml></user_directories>
        <timezone>UTC</timezone>
        <!-- Idle connections of the gateway and of dashboards stay warm between refreshes. -->
        <keep_alive_timeout>60</keep_alive_timeout>
        <!-- The library's own pools are so small that they starve each other: the log fills with
             "Temporarily pause scheduling of tasks". These were quiet. -->
        <background_schedule_pool_size>32</background_schedule_pool_size>
        <background_pool_size>4</background_pool_size>
        <background_common_pool_size>8</background_common_pool_size>
        <background_move_pool_size>1</background_move_pool_size>
        <background_fetches_pool_size>1</background_fetches_pool_size>
        <background_distributed_schedule_pool_size>2</background_distributed_schedule_pool_size>
        <max_server_memory_usage_to_ram_ratio>0.6</max_server_memory_usage_to_ram_ratio>
        <mark_cache_size>268435456</mark_cache_size>
        <index_mark_cache_size>67108864</index_mark_cache_size>
        <uncompressed_cache_size>0</uncompressed_cache_size>
        <query_log>
          <database>system</database>
          <table>query_log</table>
          <flush_interval_milliseconds>5000</flush_interval_milliseconds>
          <ttl>event_date + INTERVAL 7 DAY</ttl>
        </query_log>
        <part_log>
          <database>system</database>
          <table>part_log</table>
          <flush_interval_milliseconds>5000</flush_interval_milliseconds>
          <ttl>event_date + INTERVAL 7 DAY</ttl>
        </part_log>
      </clickhouse>
      """;
}
