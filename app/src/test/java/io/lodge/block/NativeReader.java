package io.lodge.block;

import com.clickhouse.data.ClickHouseCityHash;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;

/**
 * A plain reader of Native blocks in compressed frames, written from ClickHouse's source: what the
 * tests believe of our encoder. Maps are lists of entries, since keys may repeat.
 */
public final class NativeReader {
  private final ByteBuffer in;
  private final Charset charset;

  private NativeReader(byte[] raw, Charset charset) {
    in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    this.charset = charset;
  }

  /** The columns of a block by name, each with a value per row. */
  public static Map<String, List<Object>> columns(EncodedBlock block, Charset charset) {
    return new NativeReader(raw(block), charset).block();
  }

  /** The columns of a block as it came over the wire. */
  public static Map<String, List<Object>> columns(byte[] raw, Charset charset) {
    return new NativeReader(raw, charset).block();
  }

  /** The rows of a block: values by column name. */
  public static List<Map<String, Object>> rows(EncodedBlock block, Charset charset) {
    Map<String, List<Object>> columns = columns(block, charset);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < block.rows(); row++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, List<Object>> column : columns.entrySet()) {
        values.put(column.getKey(), column.getValue().get(row));
      }
      rows.add(values);
    }
    return rows;
  }

  /** The body as sent. */
  public static byte[] bytes(EncodedBlock block) {
    return bytes(block.body());
  }

  private static byte[] bytes(List<ByteBuffer> body) {
    var out = new ByteArrayOutputStream();
    for (ByteBuffer piece : body) {
      out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }
    return out.toByteArray();
  }

  /** The block without its frames, whose checksums are verified with the official client's hash. */
  public static byte[] raw(EncodedBlock block) {
    return raw(block.body());
  }

  /** The same of a body. */
  public static byte[] raw(List<ByteBuffer> body) {
    ByteBuffer in = ByteBuffer.wrap(bytes(body)).order(ByteOrder.LITTLE_ENDIAN);
    var out = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      long low = in.getLong();
      long high = in.getLong();
      int frame = in.position();
      int method = in.get() & 0xFF;
      int compressed = in.getInt();
      byte[] plain = new byte[in.getInt()];
      long[] hash = officialHash(in.array(), frame, compressed);
      if (hash[0] != low || hash[1] != high) {
        throw new AssertionError("unexpected checksum of the frame at " + frame);
      }
      byte[] data = new byte[compressed - 9];
      in.get(data);
      switch (method) {
        case 0x02 -> plain = data;
        case 0x82 -> LZ4Factory.safeInstance().fastDecompressor().decompress(data, plain);
        case 0x90 -> Zstd.decompress(plain, data);
        default -> throw new AssertionError("unexpected method " + method);
      }
      out.writeBytes(plain);
    }
    return out.toByteArray();
  }

  /** CityHash128 as the official client has it: low half, high half. */
  @SuppressWarnings(
      "deprecation") // as all of clickhouse-data; its successor keeps its hash private
  static long[] officialHash(byte[] bytes, int offset, int length) {
    return ClickHouseCityHash.cityHash128(bytes, offset, length);
  }

  private Map<String, List<Object>> block() {
    int columns = varint();
    int rows = varint();
    Map<String, List<Object>> result = new LinkedHashMap<>();
    for (int i = 0; i < columns; i++) {
      String name = string();
      String type = string();
      if (rows == 0) {
        result.put(name, List.of());
        continue;
      }
      prefix(type);
      result.put(name, column(type, rows));
    }
    if (in.hasRemaining()) {
      throw new AssertionError("unexpected bytes behind the block: " + in.remaining());
    }
    return result;
  }

  private void prefix(String type) {
    if (type.startsWith("Array(")) {
      prefix(elementType(type));
    } else if (type.startsWith("Map(")) {
      prefix(keyType(type));
      prefix(valueType(type));
    } else if (type.startsWith("LowCardinality(") && in.getLong() != 1) {
      throw new AssertionError("unexpected version of LowCardinality");
    }
  }

  private List<Object> column(String type, int rows) {
    if (type.startsWith("Map(")) {
      return maps(type, rows);
    }
    if (type.startsWith("Array(")) {
      return arrays(type, rows);
    }
    if (type.startsWith("LowCardinality(")) {
      return lowCardinality(rows);
    }
    List<Object> values = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      values.add(
          switch (type) {
            case "UInt8", "Bool" -> (long) (in.get() & 0xFF);
            case "Int8" -> (long) in.get();
            case "UInt16", "Date" -> in.getShort() & 0xFFFFL;
            case "UInt32", "DateTime" -> in.getInt() & 0xFFFFFFFFL;
            case "Int32" -> (long) in.getInt();
            case "UInt64", "Int64", "DateTime64(3)", "DateTime64(9)", "Decimal(18, 8)" ->
                in.getLong();
            case "UUID" -> new UUID(in.getLong(), in.getLong()).toString();
            case "Float64" -> in.getDouble();
            case "String" -> string();
            default -> throw new AssertionError("unexpected type " + type);
          });
    }
    return values;
  }

  private long[] ends(int rows) {
    long[] ends = new long[rows];
    for (int i = 0; i < rows; i++) {
      ends[i] = in.getLong();
    }
    return ends;
  }

  private List<Object> arrays(String type, int rows) {
    long[] ends = ends(rows);
    List<Object> elements = column(elementType(type), rows == 0 ? 0 : (int) ends[rows - 1]);
    List<Object> arrays = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      arrays.add(List.copyOf(elements.subList((int) (i == 0 ? 0 : ends[i - 1]), (int) ends[i])));
    }
    return arrays;
  }

  private List<Object> maps(String type, int rows) {
    long[] ends = ends(rows);
    int entries = rows == 0 ? 0 : (int) ends[rows - 1];
    List<Object> keys = column(keyType(type), entries);
    List<Object> values = column(valueType(type), entries);
    List<Object> maps = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      List<Map.Entry<Object, Object>> map = new ArrayList<>();
      for (int at = (int) (i == 0 ? 0 : ends[i - 1]); at < ends[i]; at++) {
        map.add(Map.entry(keys.get(at), values.get(at)));
      }
      maps.add(map);
    }
    return maps;
  }

  private List<Object> lowCardinality(int rows) {
    if (rows == 0) {
      return List.of();
    }
    long flags = in.getLong();
    if ((flags & ~0xFFL) != 0x600) {
      throw new AssertionError("unexpected flags " + Long.toHexString(flags));
    }
    List<Object> dictionary = new ArrayList<>();
    long size = in.getLong();
    for (long i = 0; i < size; i++) {
      dictionary.add(string());
    }
    if (in.getLong() != rows) {
      throw new AssertionError("unexpected number of keys");
    }
    List<Object> values = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      int key =
          switch ((int) flags & 0xFF) {
            case 0 -> in.get() & 0xFF;
            case 1 -> in.getShort() & 0xFFFF;
            default -> in.getInt();
          };
      values.add(dictionary.get(key));
    }
    return values;
  }

  private static String elementType(String array) {
    return array.substring("Array(".length(), array.length() - 1);
  }

  private static String keyType(String map) {
    return map.substring("Map(".length(), map.indexOf(", "));
  }

  private static String valueType(String map) {
    return map.substring(map.indexOf(", ") + 2, map.length() - 1);
  }

  private String string() {
    byte[] bytes = new byte[varint()];
    in.get(bytes);
    return new String(bytes, charset);
  }

  private int varint() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
