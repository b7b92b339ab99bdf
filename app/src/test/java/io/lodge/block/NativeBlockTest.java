package io.lodge.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is put into columns is read back out of the block. */
class NativeBlockTest {
  private final SampleColumns columns = new SampleColumns();

  @ParameterizedTest
  @EnumSource
  void readsBackAsItWasPut(SampleRows sample) {
    sample.addTo(columns);
    for (Compression compression : Compression.values()) {
      assertThat(columns.readBack(compression).equals(columns.rows)).as("%s", compression).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalRowsGiveEqualBytes(SampleRows sample) {
    var others = new SampleColumns();
    sample.addTo(columns);
    sample.addTo(others);
    for (Compression compression : Compression.values()) {
      assertThat(NativeReader.bytes(columns.encode(compression)))
          .isEqualTo(NativeReader.bytes(others.encode(compression)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClearedColumnIsAsGoodAsNew(SampleRows sample) {
    sample.addTo(columns);
    columns.mark();
    columns.clear();
    assertThat(columns.bytes()).isEqualTo(new SampleColumns().bytes());
    SampleRows.RANDOM.addTo(columns);
    assertThat(columns.readBack(Compression.LZ4)).isEqualTo(columns.rows);
    columns.rollback();
    assertThat(columns.bytes()).isEqualTo(new SampleColumns().bytes());
  }

  @ParameterizedTest
  @EnumSource
  void someRowsAreABlockAsIfOnlyTheyHadBeenPut(SampleRows sample) {
    sample.addTo(columns);
    int rows = columns.rows.size();
    for (int[] range :
        new int[][] {{0, rows}, {0, rows / 2}, {rows / 2, rows}, {rows / 3, rows / 3 + 1}}) {
      int from = Math.min(range[0], rows);
      int to = Math.min(range[1], rows);
      List<NativeBlock.Named> some = NativeBlock.copy(columns.named, from, to);
      EncodedBlock block = NativeBlock.encode(some, Compression.LZ4, new ChunkPool(1 << 20));
      assertThat(
              NativeReader.rows(block, StandardCharsets.ISO_8859_1)
                  .equals(columns.rows.subList(from, to)))
          .as("%d to %d", from, to)
          .isTrue();
      assertThat(NativeBlock.plain(some)).isEqualTo(NativeReader.raw(block));
      if (from == 0 && to == rows) {
        assertThat(NativeReader.raw(block))
            .isEqualTo(NativeReader.raw(columns.encode(Compression.LZ4)));
      }
    }
    assertThat(columns.readBack(Compression.LZ4).equals(columns.rows)).isTrue();
  }

  @Test
  void aRowOfManyCarriesNoDictionaryButItsOwn() {
    SampleRows.DICTIONARIES_OVER_TWO_BYTES.addTo(columns);
    assertThat(NativeBlock.plain(NativeBlock.copy(columns.named, 5, 6))).hasSizeLessThan(1000);
  }

  @Test
  void saysHowLargeItIs() {
    SampleRows.RANDOM.addTo(columns);
    EncodedBlock block = columns.encode(Compression.LZ4);
    assertThat(block.rows()).isEqualTo(5000);
    assertThat(block.rawBytes()).isEqualTo(NativeReader.raw(block).length);
    assertThat(block.compressedBytes()).isEqualTo(NativeReader.bytes(block).length);
    long estimate = columns.named.stream().mapToLong(named -> named.column().sizeBytes()).sum();
    assertThat(block.rawBytes()).isBetween(estimate, estimate + 1000);
  }

  @Test
  void hexIsLowerCase() {
    var hex = new StringColumn();
    byte[] id = {0, 1, (byte) 0xAB, (byte) 0xFF, 0x7F};
    hex.putHex(id, 1, 4);
    hex.putEmpty();
    var block =
        NativeBlock.encode(
            List.of(new NativeBlock.Named("id", hex)), Compression.NONE, new ChunkPool(1));
    assertThat(NativeReader.columns(block, StandardCharsets.UTF_8).get("id"))
        .isEqualTo(List.of("01abff7f", ""));
  }

  @Test
  void columnsOfDifferentLengthAreABug() {
    columns.time.putLong(1);
    assertThatThrownBy(() -> columns.encode(Compression.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unexpected rows in column number; got 0 want 1");
  }
}
