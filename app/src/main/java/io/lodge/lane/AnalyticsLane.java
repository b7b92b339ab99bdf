package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import java.time.Duration;

/** Columns of {@code analytics.events_landing}: HIP-47's, and when the event expires. */
public final class AnalyticsLane extends Lane {
  public static final String TABLE = "analytics.events_landing";

  public final FixedColumn uuid = add("uuid", FixedColumn.uuid());
  public final FixedColumn teamId = add("team_id", FixedColumn.uint64());
  public final StringColumn distinctId = add("distinct_id", new StringColumn());
  public final StringColumn sessionId = add("session_id", new StringColumn());
  public final LowCardinalityColumn event = add("event", new LowCardinalityColumn());
  public final FixedColumn timestamp = add("timestamp", FixedColumn.dateTime64Millis());
  public final FixedColumn createdAt = add("created_at", FixedColumn.dateTime64Millis());
  public final StringColumn properties = add("properties", new StringColumn());
  public final StringColumn url = add("url", new StringColumn());
  public final StringColumn referrer = add("referrer", new StringColumn());
  public final StringColumn host = add("host", new StringColumn());
  public final StringColumn pathname = add("pathname", new StringColumn());
  public final LowCardinalityColumn browser = add("browser", new LowCardinalityColumn());
  public final StringColumn browserVersion = add("browser_version", new StringColumn());
  public final LowCardinalityColumn os = add("os", new LowCardinalityColumn());
  public final StringColumn osVersion = add("os_version", new StringColumn());
  public final LowCardinalityColumn deviceType = add("device_type", new LowCardinalityColumn());
  public final LowCardinalityColumn countryCode = add("country_code", new LowCardinalityColumn());
  public final LowCardinalityColumn city = add("city", new LowCardinalityColumn());
  public final LowCardinalityColumn region = add("region", new LowCardinalityColumn());
  public final LowCardinalityColumn utmSource = add("utm_source", new LowCardinalityColumn());
  public final LowCardinalityColumn utmMedium = add("utm_medium", new LowCardinalityColumn());
  public final LowCardinalityColumn utmCampaign = add("utm_campaign", new LowCardinalityColumn());
  public final LowCardinalityColumn model = add("model", new LowCardinalityColumn());
  public final LowCardinalityColumn provider = add("provider", new LowCardinalityColumn());
  public final FixedColumn tokensPrompt = add("tokens_prompt", FixedColumn.uint32());
  public final FixedColumn tokensCompletion = add("tokens_completion", FixedColumn.uint32());
  public final FixedColumn costUsd = add("cost_usd", FixedColumn.decimal64());
  public final StringColumn organizationId = add("organization_id", new StringColumn());
  public final StringColumn projectId = add("project_id", new StringColumn());
  public final StringColumn apiKeyId = add("api_key_id", new StringColumn());
  public final FixedColumn retentionDays = add("retention_days", FixedColumn.uint16());
  public final FixedColumn expiresAt = add("expires_at", FixedColumn.dateTime());

  AnalyticsLane() {
    super(TABLE);
    expires(expiresAt, Duration.ZERO);
  }
}
