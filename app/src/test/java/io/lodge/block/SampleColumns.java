package io.lodge.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One column of each kind, and what was put into them. */
final class SampleColumns {
  final FixedColumn time = FixedColumn.dateTime64Nanos();
  final FixedColumn number = FixedColumn.uint8();
  final StringColumn text = new StringColumn();
  final LowCardinalityColumn word = new LowCardinalityColumn();
  final MapColumn<StringColumn> map = MapColumn.ofStrings();
  final MapColumn<LowCardinalityColumn> lowMap = MapColumn.ofLowCardinality();
  final FixedColumn real = FixedColumn.float64();
  final ArrayColumn<LowCardinalityColumn> list = ArrayColumn.of(new LowCardinalityColumn());
  final ArrayColumn<MapColumn<StringColumn>> maps = ArrayColumn.of(MapColumn.ofStrings());

  final List<NativeBlock.Named> named =
      List.of(
          new NativeBlock.Named("time", time),
          new NativeBlock.Named("number", number),
          new NativeBlock.Named("text", text),
          new NativeBlock.Named("word", word),
          new NativeBlock.Named("map", map),
          new NativeBlock.Named("lowMap", lowMap),
          new NativeBlock.Named("real", real),
          new NativeBlock.Named("list", list),
          new NativeBlock.Named("maps", maps));

  final List<Map<String, Object>> rows = new ArrayList<>();
  private final ChunkPool pool = new ChunkPool(16 << 20);

  /**
   * Appends a row; both maps have these entries, key and value by turns; the lists one element
   * each.
   */
  void add(long timeNanos, int small, String string, String lowString, String... entries) {
    time.putLong(timeNanos);
    number.putByte(small);
    byte[] bytes = latin1(string);
    text.put(bytes, 0, bytes.length);
    byte[] low = latin1(lowString);
    word.put(low, 0, low.length);
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (int i = 0; i < entries.length; i += 2) {
      byte[] key = latin1(entries[i]);
      byte[] value = latin1(entries[i + 1]);
      map.keys().put(key, 0, key.length);
      map.values().put(value, 0, value.length);
      lowMap.keys().put(key, 0, key.length);
      lowMap.values().put(value, 0, value.length);
      list.values().put(key, 0, key.length);
      maps.values().keys().put(key, 0, key.length);
      maps.values().values().put(value, 0, value.length);
      maps.values().endRow();
      pairs.add(Map.entry(entries[i], entries[i + 1]));
    }
    map.endRow();
    lowMap.endRow();
    real.putDouble(timeNanos / 3.0);
    list.endRow();
    maps.endRow();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("time", timeNanos);
    row.put("number", (long) small);
    row.put("text", string);
    row.put("word", lowString);
    row.put("map", pairs);
    row.put("lowMap", pairs);
    row.put("real", timeNanos / 3.0);
    row.put("list", pairs.stream().map(Map.Entry::getKey).toList());
    row.put("maps", pairs.stream().map(List::of).toList());
    rows.add(row);
  }

  void mark() {
    named.forEach(column -> column.column().mark());
  }

  void rollback() {
    named.forEach(column -> column.column().rollback());
  }

  void clear() {
    named.forEach(column -> column.column().clear());
    rows.clear();
  }

  EncodedBlock encode(Compression compression) {
    return NativeBlock.encode(named, compression, pool);
  }

  byte[] bytes() {
    EncodedBlock block = encode(Compression.NONE);
    byte[] bytes = NativeReader.bytes(block);
    block.release();
    return bytes;
  }

  List<Map<String, Object>> readBack(Compression compression) {
    return NativeReader.rows(encode(compression), StandardCharsets.ISO_8859_1);
  }

  /** Each character one byte: any bytes can be written as such a string. */
  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
