package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.json.JsonNumbers;
import io.lodge.decode.json.JsonTime;
import io.lodge.lane.AnalyticsLane;
import io.lodge.model.Payload;
import io.lodge.route.TeamRetention;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;

/** Appends an event that was read as a row. Reused; belongs to one thread. */
final class EventAppender {
  /** HIP-47: "Raw event data has a default retention of 12 months". */
  private static final int MONTHS_KEPT = 12;

  private static final long DATE_TIME_MAX = 0xFFFF_FFFFL;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double COST_UNIT = 1e8;

  private final EventFields event;
  private final Pseudonyms pseudonyms;
  private final TeamRetention retention;
  private final ByteSink id = new ByteSink(64);
  private final MessageDigest digest;

  /** The day whose expiry was computed last: it is the same for most events of a body. */
  private long expiryOfDay = Long.MIN_VALUE;

  private long expirySeconds;

  EventAppender(EventFields event, Pseudonyms pseudonyms, TeamRetention retention) {
    this.event = event;
    this.pseudonyms = pseudonyms;
    this.retention = retention;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot name events: this Java has no SHA-256", e);
    }
  }

  /**
   * Appends the event.
   *
   * @param recordFrom where it lies in the body's array
   */
  void append(
      AnalyticsLane lane,
      Payload payload,
      Decoded decoded,
      byte[] body,
      int recordFrom,
      int recordLength,
      int recordOffset) {
    uuid(lane, payload, body, recordFrom, recordLength, recordOffset);
    lane.teamId.putLong(event.teamId);
    id.clear(256);
    pseudonyms.put(id, event.bytes(), event.at(Text.DISTINCT_ID), event.length(Text.DISTINCT_ID));
    lane.distinctId.put(id.array(), 0, id.length());
    long received = payload.receivedUnixNanos();
    long millis = millis(event.timestampNanos, received, decoded);
    lane.timestamp.putLong(millis);
    lane.createdAt.putLong(millis(event.createdNanos, received, decoded));
    lane.properties.put(event.properties.array(), 0, event.properties.length());
    texts(lane);
    lane.tokensPrompt.putInt(tokens(Text.TOKENS_PROMPT));
    lane.tokensCompletion.putInt(tokens(Text.TOKENS_COMPLETION));
    lane.costUsd.putLong(cost());
    int days = retention.days(event.teamId, 0);
    lane.retentionDays.putShort(days);
    lane.expiresAt.putInt((int) expiry(millis / 1000, days));
  }

  private void texts(AnalyticsLane lane) {
    put(lane.event, Text.EVENT);
    put(lane.sessionId, Text.SESSION_ID);
    put(lane.url, Text.URL);
    put(lane.referrer, Text.REFERRER);
    put(lane.host, Text.HOST);
    put(lane.pathname, Text.PATHNAME);
    put(lane.browser, Text.BROWSER);
    put(lane.browserVersion, Text.BROWSER_VERSION);
    put(lane.os, Text.OS);
    put(lane.osVersion, Text.OS_VERSION);
    put(lane.deviceType, Text.DEVICE_TYPE);
    put(lane.countryCode, Text.COUNTRY_CODE);
    put(lane.city, Text.CITY);
    put(lane.region, Text.REGION);
    put(lane.utmSource, Text.UTM_SOURCE);
    put(lane.utmMedium, Text.UTM_MEDIUM);
    put(lane.utmCampaign, Text.UTM_CAMPAIGN);
    put(lane.model, Text.MODEL);
    put(lane.provider, Text.PROVIDER);
    put(lane.organizationId, Text.ORGANIZATION_ID);
    put(lane.projectId, Text.PROJECT_ID);
    put(lane.apiKeyId, Text.API_KEY_ID);
  }

  private void put(StringColumn column, Text text) {
    column.put(event.bytes(), event.at(text), event.length(text));
  }

  private void put(LowCardinalityColumn column, Text text) {
    column.put(event.bytes(), event.at(text), event.length(text));
  }

  /**
   * An event without a uuid gets one that follows from what was received: the same whenever the
   * body is decoded.
   */
  private void uuid(
      AnalyticsLane lane, Payload payload, byte[] body, int from, int length, int offset) {
    if (event.hasUuid) {
      lane.uuid.putLong(event.uuidHigh);
      lane.uuid.putLong(event.uuidLow);
      return;
    }
    digest.update(payload.tenant().getBytes(StandardCharsets.UTF_8));
    updateLong(payload.receivedUnixNanos());
    updateLong(offset);
    digest.update(body, from, length);
    byte[] hash = digest.digest();
    // Version 8 and variant 2 of RFC 9562: a value that the application made.
    lane.uuid.putLong((longAt(hash, 0) & ~0xF000L) | 0x8000L);
    lane.uuid.putLong((longAt(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private void updateLong(long value) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      digest.update((byte) (value >>> shift));
    }
  }

  private static long longAt(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = (value << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return value;
  }

  private static long millis(long unixNanos, long received, Decoded decoded) {
    if (unixNanos == JsonTime.NONE) {
      return received / NANOS_PER_MILLI;
    }
    long clamped = Math.clamp(unixNanos, 0, JsonTime.MAX_UNIX_NANOS);
    if (clamped != unixNanos) {
      decoded.countClampedTimestamp();
    }
    return clamped / NANOS_PER_MILLI;
  }

  private int tokens(Text column) {
    double value = number(column);
    return (int) (long) Math.clamp(value, 0, 0xFFFF_FFFFL);
  }

  /** In hundred-millionths of a dollar; 10 digits before the point are what the column holds. */
  private long cost() {
    return Math.round(
        Math.clamp(number(Text.COST_USD), -9_999_999_999.0, 9_999_999_999.0) * COST_UNIT);
  }

  /** The column's number; 0 if it is none. */
  private double number(Text column) {
    int at = event.at(column);
    int length = event.length(column);
    for (int i = at; i < at + length; i++) {
      byte next = event.bytes()[i];
      if ((next < '0' || next > '9') && ".-+eE".indexOf(next) < 0) {
        return 0;
      }
    }
    try {
      double value = length == 0 ? 0 : JsonNumbers.float64(event.bytes(), at, length);
      return Double.isFinite(value) ? value : 0;
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /** When the row may be dropped, in seconds since 1970, as far as the column reaches. */
  private long expiry(long seconds, int days) {
    if (days > 0) {
      return Math.min(seconds + days * 86_400L, DATE_TIME_MAX);
    }
    long day = seconds / 86_400;
    if (day != expiryOfDay) {
      expiryOfDay = day;
      expirySeconds =
          Instant.ofEpochSecond(day * 86_400)
              .atOffset(ZoneOffset.UTC)
              .plusMonths(MONTHS_KEPT)
              .toEpochSecond();
    }
    return Math.min(expirySeconds + seconds % 86_400, DATE_TIME_MAX);
  }
}
