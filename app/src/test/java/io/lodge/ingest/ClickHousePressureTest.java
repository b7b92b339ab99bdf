package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Time;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.Query;
import io.lodge.clickhouse.SettingProxy;
import io.lodge.clickhouse.TestServer;
import io.lodge.deliver.DeliveredBlocksTable;
import io.lodge.deliver.Inserts;
import io.lodge.deliver.Pressure;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real ClickHouse that says it has too much to do. */
class ClickHousePressureTest {
  @TempDir Path dir;
  private ClickHouse clickHouse;

  @BeforeEach
  void connect() throws IOException {
    clickHouse = TestServer.open();
    new Schema(clickHouse).apply();
  }

  @AfterEach
  void disconnect() throws IOException {
    run("SYSTEM START MERGES otel.generic_logs_0");
    run(
        "ALTER TABLE otel.generic_logs_0 RESET SETTING parts_to_throw_insert, parts_to_delay_insert");
    clickHouse.close();
  }

  @Test
  void tooManyPartsMakeFewerBlocksAndNothingIsLost() throws Exception {
    run("TRUNCATE TABLE otel.generic_logs_0");
    run("SYSTEM STOP MERGES otel.generic_logs_0");
    run(
        "ALTER TABLE otel.generic_logs_0 MODIFY SETTING parts_to_throw_insert = 3, parts_to_delay_insert = 1000");
    try (OnePipeline one = pipeline(clickHouse::insert)) {
      Pressure pressure = one.courier().pressure();
      int sent = 0;
      while (pressure.level() == Pressure.Level.CALM) {
        submit(one, "parts " + sent++);
        Thread.sleep(20);
      }
      assertThat(pressure.text()).contains("Too many parts");
      assertThat(pressure.segmentAge(OnePipeline.options().segmentAgeMax()))
          .isGreaterThan(OnePipeline.options().segmentAgeMax());
      for (int i = 0; i < 50; i++) {
        submit(one, "parts " + sent++);
      }
      run("SYSTEM START MERGES otel.generic_logs_0");
      run("ALTER TABLE otel.generic_logs_0 RESET SETTING parts_to_throw_insert");
      one.awaitEmptyJournal();
      assertThat(OnePipeline.stored(clickHouse, "parts "))
          .hasSize(sent)
          .allMatch(line -> line.endsWith(" 1"));
      assertThat(one.pipeline().counters().segmentsQuarantined()).isZero();
    }
  }

  @Test
  void wantOfMemoryIsWaitedOutAndNothingIsLost() throws Exception {
    try (SettingProxy proxy = new SettingProxy(TestServer.url());
        ClickHouse poor = TestServer.open(proxy.url());
        OnePipeline one = pipeline(poor::insert)) {
      proxy.use("max_memory_usage=100000");
      submit(one, "memory");
      Pressure pressure = one.courier().pressure();
      OnePipeline.await("pressure is felt", () -> pressure.level() != Pressure.Level.CALM);
      assertThat(pressure.text()).contains("memory limit exceeded");
      assertThat(pressure.insertsMax()).isOne();
      assertThat(pressure.segmentAge(OnePipeline.options().segmentAgeMax()))
          .as("larger blocks would need more memory")
          .isEqualTo(OnePipeline.options().segmentAgeMax());
      proxy.use("");
      one.awaitEmptyJournal();
      assertThat(OnePipeline.stored(clickHouse, "memory")).containsExactly("memory 1");
    }
  }

  private OnePipeline pipeline(Inserts inserts) {
    return new OnePipeline(dir, inserts, new DeliveredBlocksTable(clickHouse), Time.SYSTEM);
  }

  private static void submit(OnePipeline one, String body) throws Exception {
    one.pipeline().submit(OnePipeline.logs(List.of(body))).get();
  }

  private void run(String sql) throws IOException {
    clickHouse.execute(Query.of(sql));
  }
}
