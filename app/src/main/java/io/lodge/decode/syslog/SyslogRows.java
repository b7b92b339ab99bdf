package io.lodge.decode.syslog;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.Decoded;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;

/**
 * Appends messages to the logs lane. The mapping is OpenTelemetry's (logs data model, appendix A,
 * "RFC5424 Syslog"), with its open ends closed: docs/formats/syslog.md.
 */
final class SyslogRows {
  /** As for OTLP: partitions and expiry are computed in 32-bit seconds. */
  private static final long TIME_MAX_UNIX_NANOS = 4_102_444_800L * 1_000_000_000L;

  private static final byte[] NONE = {};
  private static final byte[] ONE = ascii("1");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] HOST_NAME = ascii("host.name");
  private static final byte[] SERVICE_NAME = ascii("service.name");
  private static final byte[] SERVICE_VERSION = ascii("service.version");
  private static final byte[] TRANSPORT = ascii("network.transport");
  private static final byte[] PEER = ascii("network.peer.address");
  private static final byte[] CLIENT = ascii("client.address");
  private static final byte[] FACILITY = ascii("syslog.facility");
  private static final byte[] VERSION = ascii("syslog.version");
  private static final byte[] PROC_ID = ascii("syslog.procid");
  private static final byte[] MSG_ID = ascii("syslog.msgid");
  private static final byte[] CUT = ascii("syslog.truncated");
  private static final byte[] PROBLEM = ascii("syslog.problem");
  private static final byte[] ORIGIN_SOFTWARE_VERSION = ascii("origin.swVersion");
  private static final byte[] ORIGIN_IP = ascii("origin.ip");

  private final Payload payload;
  private final Origin origin;
  private final LogsLane logs;
  private final Decoded decoded;
  private final byte[] tenant;

  SyslogRows(Payload payload, Origin origin, Lanes lanes, Decoded decoded) {
    this.payload = payload;
    this.origin = origin;
    this.decoded = decoded;
    logs = lanes.logs();
    tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends one message.
   *
   * @param body what its slices lie in
   * @param cut whether its end was cut off by the listener
   */
  void put(SyslogMessage message, byte[] body, boolean cut) {
    times(message.unixNanos);
    logs.traceId.putEmpty();
    logs.spanId.putEmpty();
    logs.traceFlags.putInt(0);
    severity(message.priority);
    logs.serviceName.put(body, message.appAt, message.appLength);
    logs.body.put(body, message.textAt, message.textLength);
    none(logs.eventName);
    none(logs.resourceSchemaUrl);
    resource(message, body);
    logs.resourceDropped.putInt(0);
    none(logs.scopeSchemaUrl);
    none(logs.scopeName);
    none(logs.scopeVersion);
    logs.scopeAttributes.endRow();
    logs.scopeDropped.putInt(0);
    attributes(message, body, cut);
    logs.logDropped.putInt(0);
    logs.tenant.put(tenant, 0, tenant.length);
    logs.receivedAt.putLong(payload.receivedUnixNanos());
    logs.sampleRate.putInt(1);
    decoded.countStored(1);
  }

  private void times(long unixNanos) {
    long received = payload.receivedUnixNanos();
    logs.timestamp.putLong(unixNanos == SyslogTime.NONE ? received : clamp(unixNanos));
    logs.observedTimestamp.putLong(received);
  }

  private long clamp(long unixNanos) {
    if (unixNanos < 0 || unixNanos > TIME_MAX_UNIX_NANOS) {
      decoded.countClampedTimestamp();
    }
    return Math.clamp(unixNanos, 0, TIME_MAX_UNIX_NANOS);
  }

  private void severity(int priority) {
    boolean known = priority != SyslogMessage.NO_PRIORITY;
    byte[] text = known ? Priority.severityText(priority) : NONE;
    logs.severityText.put(text, 0, text.length);
    logs.severityNumber.putByte(known ? Priority.severityNumber(priority) : 0);
  }

  private void resource(SyslogMessage message, byte[] body) {
    MapColumn<LowCardinalityColumn> map = logs.resourceAttributes;
    if (message.hostLength > 0) {
      repeated(map, HOST_NAME, body, message.hostAt, message.hostLength);
    }
    if (message.appLength > 0) {
      repeated(map, SERVICE_NAME, body, message.appAt, message.appLength);
    }
    SdParams data = message.structuredData;
    for (int i = 0; i < data.count(); i++) {
      if (data.isKey(i, ORIGIN_SOFTWARE_VERSION)) {
        repeated(map, SERVICE_VERSION, data.text(), data.valueAt(i), data.valueLength(i));
        break;
      }
    }
    map.endRow();
  }

  private void attributes(SyslogMessage message, byte[] body, boolean cut) {
    MapColumn<StringColumn> map = logs.logAttributes;
    whole(map, TRANSPORT, origin.transport());
    whole(map, PEER, origin.address());
    if (message.priority != SyslogMessage.NO_PRIORITY) {
      whole(map, FACILITY, Priority.facility(message.priority));
    }
    if (message.version == 1) {
      whole(map, VERSION, ONE);
    }
    if (message.procIdLength > 0) {
      entry(map, PROC_ID, body, message.procIdAt, message.procIdLength);
    }
    if (message.msgIdLength > 0) {
      entry(map, MSG_ID, body, message.msgIdAt, message.msgIdLength);
    }
    structuredData(message.structuredData, map);
    if (cut) {
      whole(map, CUT, TRUE);
    }
    if (message.problem != null) {
      whole(map, PROBLEM, ascii(message.problem));
    }
    map.endRow();
  }

  /** All of it, and the sender's own address also under the name that OpenTelemetry gives it. */
  private static void structuredData(SdParams data, MapColumn<StringColumn> map) {
    boolean named = false;
    for (int i = 0; i < data.count(); i++) {
      map.keys().put(data.text(), data.keyAt(i), data.keyLength(i));
      map.values().put(data.text(), data.valueAt(i), data.valueLength(i));
      if (!named && data.isKey(i, ORIGIN_IP)) {
        entry(map, CLIENT, data.text(), data.valueAt(i), data.valueLength(i));
        named = true;
      }
    }
  }

  private static void whole(MapColumn<StringColumn> map, byte[] key, byte[] value) {
    entry(map, key, value, 0, value.length);
  }

  private static void entry(
      MapColumn<StringColumn> map, byte[] key, byte[] value, int at, int length) {
    map.keys().put(key, 0, key.length);
    map.values().put(value, at, length);
  }

  private static void repeated(
      MapColumn<LowCardinalityColumn> map, byte[] key, byte[] value, int at, int length) {
    map.keys().put(key, 0, key.length);
    map.values().put(value, at, length);
  }

  private static void none(LowCardinalityColumn column) {
    column.put(NONE, 0, 0);
  }
}
