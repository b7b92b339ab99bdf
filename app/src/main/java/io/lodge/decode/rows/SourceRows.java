package io.lodge.decode.rows;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.TooManyRowsException;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.lane.SourceColumns;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one payload, of any signal: what records of a resource and a scope have in common,
 * how many there may be, and the dead letters. Told by {@link ProtobufSources} or {@link
 * JsonSources} where resources and scopes begin and end; one per payload.
 */
public abstract class SourceRows {
  /**
   * Most records of one request, and most attributes of resources and scopes times their records:
   * what they take in memory, about 100 and 8 bytes each, has to fit beside everything else. Part
   * of the decoder's revision: a segment must decode to the same rows for ever.
   */
  private static final int RECORDS_MAX = 250_000;

  private static final long CELLS_MAX = 4_000_000;

  /**
   * 2100-01-01: later times are moved here. Partitions by day and the expiry of a row are computed
   * in 32-bit seconds, which end in 2106.
   */
  public static final long TIME_MAX_UNIX_NANOS = 4_102_444_800L * 1_000_000_000L;

  private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.UTF_8);

  public final Payload payload;
  public final Lanes lanes;
  private final Decoded decoded;
  private final byte[] tenant;
  private final SourceScratch source;
  private final List<OpenRows> open = new ArrayList<>(1);

  private int resources;
  private int scopes;
  private int records;
  private int recordsBeforeResource;
  private int recordsBeforeScope;
  private int rejectedInResource;
  private int rejectedInScope;
  private long cells;

  public SourceRows(Payload payload, Lanes lanes, Decoded decoded, SourceScratch source) {
    this.payload = payload;
    this.lanes = lanes;
    this.decoded = decoded;
    this.source = source;
    tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
  }

  /** Has the columns of sources filled, from now on, for the rows that are added there. */
  public final OpenRows open(SourceColumns columns) {
    OpenRows rows = new OpenRows(columns, source.context);
    open.add(rows);
    return rows;
  }

  /** Whether a resource and a scope have to be known before their first record. */
  public boolean asksSources() {
    return false;
  }

  /** A number for the present resource, from 1, that no other of the payload has. */
  public final int resourceNumber() {
    return resources;
  }

  /** The same for the present scope. */
  public final int scopeNumber() {
    return scopes;
  }

  public final void beginResource() {
    resources++;
    source.resource.clear();
    recordsBeforeResource = records;
    rejectedInResource = 0;
  }

  public final void beginScope() {
    scopes++;
    source.scope.clear();
    recordsBeforeScope = records;
    rejectedInScope = 0;
  }

  /** Whether the present resource has had a record. */
  public final boolean resourceHasRecords() {
    return records > recordsBeforeResource;
  }

  /** Whether the present scope has had a record. */
  public final boolean scopeHasRecords() {
    return records > recordsBeforeScope;
  }

  public final void endScope(byte[] body) {
    if (rejectedInScope > 0) {
      SourceJson.put(lanes.deadLetters().scope, source.scope, body, rejectedInScope);
    }
    for (OpenRows rows : open) {
      countCells((long) source.scope.attributes.count() * rows.inScope());
      rows.endScope(source.scope, body);
    }
  }

  public final void endResource(byte[] body) {
    SourceFields resource = source.resource;
    if (!resource.hasService) {
      nameService(resource, body);
    }
    if (rejectedInResource > 0) {
      DeadLettersLane letters = lanes.deadLetters();
      OpenRows.putService(letters.serviceName, body, resource, rejectedInResource);
      SourceJson.put(letters.resource, resource, body, rejectedInResource);
    }
    for (OpenRows rows : open) {
      countCells((long) resource.attributes.count() * rows.inResource());
      decoded.countStored(rows.inResource());
      rows.endResource(resource, body, tenant, payload.receivedUnixNanos());
    }
  }

  private static void nameService(SourceFields resource, byte[] body) {
    AttributeSlices attributes = resource.attributes;
    int found = SourceContext.find(attributes, body, SERVICE_NAME);
    if (found < 0) {
      resource.service(0, 0);
    } else {
      resource.service(attributes.valueAt(found), attributes.valueLength(found));
    }
  }

  /** Each record is counted before anything is kept of it. */
  public final void countRecord() {
    if (++records > RECORDS_MAX) {
      throw new TooManyRowsException("records", RECORDS_MAX);
    }
  }

  /** Counts a record that a rule dropped. */
  public final void countDropped() {
    decoded.countDropped();
  }

  /**
   * Counts small things that take memory out of proportion, among them a source's attributes, which
   * are repeated on each of its rows: a few bytes could become gigabytes.
   */
  public final void countCells(long count) {
    cells += count;
    if (cells > CELLS_MAX) {
      throw new TooManyRowsException("attributes over all its records", CELLS_MAX);
    }
  }

  /** Why no record of the present resource or scope can be stored; null if they can. */
  public final @Nullable Rejection sourceRejection() {
    return source.resource.rejection != null ? source.resource.rejection : source.scope.rejection;
  }

  /**
   * Makes a dead letter of a record.
   *
   * @param body the array in which it lies as received
   * @param rawFrom its index there
   * @param rawLength its length there
   * @param rawOffset where it began in the decompressed body
   */
  public final void reject(
      Rejection rejection, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    DeadLettersLane letters = lanes.deadLetters();
    byte[] kind = payload.kind().label().getBytes(StandardCharsets.US_ASCII);
    byte[] reason = rejection.reason().getBytes(StandardCharsets.UTF_8);
    byte[] detail = rejection.detail().getBytes(StandardCharsets.UTF_8);
    letters.receivedAt.putLong(payload.receivedUnixNanos());
    letters.kind.put(kind, 0, kind.length);
    letters.reason.put(reason, 0, reason.length);
    letters.detail.put(detail, 0, detail.length);
    letters.tenant.put(tenant, 0, tenant.length);
    letters.record.put(body, rawFrom, rawLength);
    letters.recordOffset.putLong(rawOffset);
    byte[] context = payload.context().getBytes(StandardCharsets.UTF_8);
    letters.context.put(context, 0, context.length);
    letters.target.putKey(0, 1);
    putParent(letters.parent);
    decoded.countRejected(rejection.reason() + ": " + rejection.detail());
    rejectedInResource++;
    rejectedInScope++;
  }

  /** Appends what a dead letter lay in beside its scope, unless it is appended later: nothing. */
  protected void putParent(LowCardinalityColumn parent) {
    parent.putKey(0, 1);
  }

  /** The wire's times are unsigned: what looks negative is beyond the year 2262. */
  public final long clamp(long unixNanos) {
    if (unixNanos >= 0 && unixNanos <= TIME_MAX_UNIX_NANOS) {
      return unixNanos;
    }
    decoded.countClampedTimestamp();
    return TIME_MAX_UNIX_NANOS;
  }

  /** Counts a time that is told otherwise than it came. */
  public final void countClampedTime() {
    decoded.countClampedTimestamp();
  }

  /** The time, or that of receipt if there is none. */
  public final long clampOrReceived(long unixNanos) {
    return unixNanos == 0 ? payload.receivedUnixNanos() : clamp(unixNanos);
  }

  /** Appends an id. One of zeros means none (W3C Trace Context), and so does an absent one. */
  public static void putId(
      StringColumn column, AttributeSlices slices, byte[] body, int at, int length) {
    byte[] source = slices.source(body, at);
    int from = AttributeSlices.index(at);
    if (isZero(source, from, length)) {
      column.putEmpty();
    } else {
      column.putHex(source, from, length);
    }
  }

  /** Whether there is no byte but zeros: none at all, too. */
  public static boolean isZero(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
