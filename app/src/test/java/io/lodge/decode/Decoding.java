package io.lodge.decode;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.block.NativeReader;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decodes bodies as the pipeline does, and reads the rows back out of the encoded blocks. */
public final class Decoding {
  public static final long RECEIVED = 1_795_000_000_123_456_789L;
  public static final int RECORD_BYTES_MAX = 4096;
  public static final int BODY_BYTES_MAX = 64 << 20;

  private static final int MARGIN_BYTES = 7;

  public final Lanes lanes = new Lanes();
  public final Decoded decoded = new Decoded();
  private final PayloadDecoder decoder;
  private final ChunkPool pool = new ChunkPool(8 << 20);

  public Decoding() {
    this(RECORD_BYTES_MAX);
  }

  public Decoding(int recordBytesMax) {
    this(recordBytesMax, Rules.NONE);
  }

  public Decoding(int recordBytesMax, Rules rules) {
    decoder = new PayloadDecoder(BODY_BYTES_MAX, recordBytesMax, rules);
  }

  /** A payload that does not begin where its array does, with garbage around it. */
  public static Payload payload(PayloadKind kind, ContentEncoding encoding, byte[] body) {
    return payload(kind, encoding, "", body);
  }

  private static Payload payload(
      PayloadKind kind, ContentEncoding encoding, String context, byte[] body) {
    byte[] array = new byte[body.length + 2 * MARGIN_BYTES];
    Arrays.fill(array, (byte) 0xA5);
    System.arraycopy(body, 0, array, MARGIN_BYTES, body.length);
    return new Payload(kind, encoding, "acme", context, RECEIVED, array, MARGIN_BYTES, body.length);
  }

  /** Decodes the body; what was appended is rolled back if it is malformed. */
  public Decoding decode(PayloadKind kind, byte[] body) throws MalformedPayloadException {
    return decode(kind, "", body);
  }

  /** Decodes a body of which the request said more than its kind. */
  public Decoding decode(PayloadKind kind, String context, byte[] body)
      throws MalformedPayloadException {
    lanes.mark();
    decoded.reset();
    try {
      decoder.decode(payload(kind, ContentEncoding.IDENTITY, context, body), lanes, decoded);
    } catch (MalformedPayloadException | RuntimeException e) {
      lanes.rollback();
      throw e;
    } catch (BodyTooLargeException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** A row of a map column as it is read back: names and values in turn. */
  public static List<Map.Entry<Object, Object>> entries(String... namesAndValues) {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return entries;
  }

  public List<Map<String, Object>> logs() {
    return rows(lanes.logs(), StandardCharsets.UTF_8);
  }

  /** The rows of every table but the dead letters that has any. */
  public Map<String, List<Map<String, Object>>> tables() {
    Map<String, List<Map<String, Object>>> tables = new TreeMap<>();
    for (Lane lane : lanes.filled()) {
      if (lane != lanes.deadLetters()) {
        tables.put(lane.table(), rows(lane, StandardCharsets.UTF_8));
      }
    }
    return tables;
  }

  public List<Map<String, Object>> deadLetters() {
    return rows(lanes.deadLetters(), StandardCharsets.UTF_8);
  }

  public List<Map<String, Object>> rows(Lane lane, Charset charset) {
    EncodedBlock block = lane.encode(Compression.NONE, pool);
    try {
      return NativeReader.rows(block, charset);
    } finally {
      block.release();
    }
  }

  /** Every lane as it would be sent, one after the other. */
  public byte[] encoded() {
    var out = new ByteArrayOutputStream();
    for (Lane lane : lanes.filled()) {
      EncodedBlock block = lane.encode(Compression.NONE, pool);
      out.writeBytes(NativeReader.bytes(block));
      block.release();
    }
    return out.toByteArray();
  }

  public void clear() {
    lanes.clear();
  }
}
