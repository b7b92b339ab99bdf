package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.data_formats.NativeFormatReader;
import com.clickhouse.client.api.data_formats.internal.BinaryStreamReader;
import com.clickhouse.client.api.internal.CompressedBlockInputStream;
import com.clickhouse.client.api.query.QuerySettings;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** The official Java client reads our frames and blocks. */
class OfficialClientTest {
  private final SampleColumns columns = new SampleColumns();

  @Test
  void readsOurFrames() throws Exception {
    SampleRows.RANDOM.addTo(columns);
    SampleRows.LONG_BODIES.addTo(columns);
    EncodedBlock block = columns.encode(Compression.LZ4);
    try (var in = official(block)) {
      assertThat(in.readAllBytes()).isEqualTo(NativeReader.raw(block));
    }
  }

  /** Without LowCardinality, which this client asks servers not to send it in Native. */
  @Test
  @SuppressWarnings("try") // the reader's close says that it may be interrupted
  void readsOurBlocks() throws Exception {
    SampleRows.RANDOM.addTo(columns);
    List<NativeBlock.Named> plain =
        List.of(
            new NativeBlock.Named("number", columns.number),
            new NativeBlock.Named("text", columns.text));
    EncodedBlock block = NativeBlock.encode(plain, Compression.LZ4, new ChunkPool(1 << 20));
    List<List<Object>> rows = new ArrayList<>();
    try (var reader =
        new NativeFormatReader(
            official(block),
            new QuerySettings().setUseTimeZone("UTC"),
            new BinaryStreamReader.DefaultByteBufferAllocator())) {
      while (reader.hasNext()) {
        reader.next();
        rows.add(List.of(reader.getLong("number"), reader.getString("text")));
      }
    }
    assertThat(rows)
        .isEqualTo(
            columns.rows.stream().map(row -> List.of(row.get("number"), row.get("text"))).toList());
  }

  private static CompressedBlockInputStream official(EncodedBlock block) {
    return new CompressedBlockInputStream(
        new ByteArrayInputStream(NativeReader.bytes(block)),
        LZ4Factory.fastestInstance().fastDecompressor(),
        1 << 20);
  }
}
