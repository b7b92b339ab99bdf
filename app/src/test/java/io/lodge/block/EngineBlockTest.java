package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.EngineEndpoint;
import io.lodge.engine.TestEngine;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ClickHouse itself reads our blocks as they were meant. */
class EngineBlockTest {
  private static final String TABLE = "default.engine_block_test";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final TestEngine engine = TestEngine.shared();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SampleColumns columns = new SampleColumns();

  @BeforeEach
  void createTable() {
    String definition =
        columns.named.stream()
            .map(named -> named.name() + " " + named.column().type())
            .collect(Collectors.joining(", "));
    assertThat(engine.sql("DROP TABLE IF EXISTS " + TABLE)).isEmpty();
    assertThat(engine.sql("CREATE TABLE %s (%s) ENGINE = Memory".formatted(TABLE, definition)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsEverySampleInEveryCompression(SampleRows sample) throws Exception {
    sample.addTo(columns);
    for (Compression compression : Compression.values()) {
      assertThat(insert(columns.encode(compression))).isEmpty();
      // The fixture strips the end: the tabs of a last row whose maps are empty.
      String want =
          columns.rows.stream()
              .map(EngineBlockTest::line)
              .collect(Collectors.joining("\n"))
              .stripTrailing();
      assertThat(readBack().equals(want)).as("%s", compression).isTrue();
      assertThat(engine.sql("TRUNCATE TABLE " + TABLE)).isEmpty();
    }
  }

  @Test
  void refusesADamagedFrame() throws Exception {
    SampleRows.RANDOM.addTo(columns);
    byte[] bytes = NativeReader.bytes(columns.encode(Compression.LZ4));
    bytes[100] ^= 1;
    assertThat(insert(bytes)).contains("Checksum doesn't match");
    assertThat(readBack()).isEmpty();
  }

  private String insert(EncodedBlock block) throws Exception {
    return insert(NativeReader.bytes(block));
  }

  private String insert(byte[] bytes) throws Exception {
    EngineEndpoint endpoint = engine.endpoint();
    String sql =
        URLEncoder.encode("INSERT INTO " + TABLE + " FORMAT Native", StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(endpoint.url() + "/?decompress=1&async_insert=0&query=" + sql))
            .header("X-ClickHouse-User", endpoint.writer())
            .header("X-ClickHouse-Key", endpoint.writerPassword())
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** All rows, strings in hexadecimal so that any bytes can be compared. */
  private String readBack() {
    String entries =
        "arrayStringConcat(arrayMap((k, v) -> concat(hex(k), '=', hex(v)), mapKeys(%1$s),"
            + " mapValues(%1$s)), ',')";
    return engine.sql(
        "SELECT reinterpretAsInt64(time), number, hex(text), hex(word), %s, %s, %s FROM %s"
            .formatted(
                entries.formatted("map"),
                entries.formatted("lowMap"),
                "reinterpretAsInt64(real), arrayStringConcat(arrayMap(x -> hex(x), list), ','),"
                    + " arrayStringConcat(arrayMap(m -> concat(hex(mapKeys(m)[1]), '=',"
                    + " hex(mapValues(m)[1])), maps), ',')",
                TABLE));
  }

  private static String line(Map<String, Object> row) {
    return row.values().stream().map(EngineBlockTest::cell).collect(Collectors.joining("\t"));
  }

  private static String cell(Object value) {
    return switch (value) {
      case String text -> hex(text);
      case Double real -> Long.toString(Double.doubleToRawLongBits(real));
      case Map.Entry<?, ?> entry -> cell(entry.getKey()) + "=" + cell(entry.getValue());
      case List<?> list ->
          list.stream().map(EngineBlockTest::cell).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }

  private static String hex(String latin1) {
    return HEX.formatHex(SampleColumns.latin1(latin1));
  }
}
