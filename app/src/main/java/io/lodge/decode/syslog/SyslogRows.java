package io.lodge.decode.syslog;

import io.lodge.decode.Decoded;
import io.lodge.decode.Times;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.LogRows;
import io.lodge.decode.rows.LogScratch;
import io.lodge.decode.rows.SourceFields;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends messages as log records. The mapping is OpenTelemetry's (logs data model, appendix A,
 * "RFC5424 Syslog"), with its open ends closed: docs/formats/syslog.md. Messages of one program on
 * one host that follow each other share a resource. One per payload.
 */
final class SyslogRows {
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

  private final Origin origin;
  private final Decoded decoded;
  private final LogFields fields;
  private final SourceFields resource;
  private final LogRows rows;

  /** Whether there is a resource, and where its host and program lie in the body. */
  private boolean open;

  private int hostAt;
  private int hostLength;
  private int appAt;
  private int appLength;
  private byte[] version = NONE;

  SyslogRows(
      Payload payload,
      Origin origin,
      Lanes lanes,
      Decoded decoded,
      LogScratch scratch,
      LogFields fields) {
    this.origin = origin;
    this.decoded = decoded;
    this.fields = fields;
    resource = scratch.source.resource;
    rows = new LogRows(payload, lanes, decoded, scratch);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends one message.
   *
   * @param body what its slices lie in
   * @param cut whether its end was cut off by the listener
   * @param from the index in {@code body} of the message as received
   * @param offset where it began in the decompressed body
   */
  void put(SyslogMessage message, byte[] body, boolean cut, int from, int length, int offset) {
    resource(message, body);
    fields.clear();
    if (message.unixNanos != SyslogTime.NONE) {
      fields.timeUnixNanos = Times.clampNanos(message.unixNanos, decoded);
      fields.timeIsEpoch = fields.timeUnixNanos == 0;
    }
    severity(message.priority);
    fields.bodyAt = message.textAt;
    fields.bodyLength = message.textLength;
    attributes(message, cut);
    rows.store(fields, body, from, length, offset);
  }

  /** Ends what the last message belongs to. */
  void end(byte[] body) {
    if (open) {
      open = false;
      rows.endScope(body);
      rows.endResource(body);
    }
  }

  private void severity(int priority) {
    if (priority != SyslogMessage.NO_PRIORITY) {
      byte[] text = Priority.severityText(priority);
      fields.severityTextAt = fields.put(text);
      fields.severityTextLength = text.length;
      fields.severityNumber = Priority.severityNumber(priority);
    }
  }

  /** Begins another resource unless the message is of the last one's program. */
  private void resource(SyslogMessage message, byte[] body) {
    byte[] its = version(message.structuredData);
    if (open && isOfTheSame(message, its, body)) {
      return;
    }
    end(body);
    open = true;
    rows.beginResource();
    rows.beginScope();
    hostAt = message.hostAt;
    hostLength = message.hostLength;
    appAt = message.appAt;
    appLength = message.appLength;
    version = its;
    if (hostLength > 0) {
      add(HOST_NAME, hostAt, hostLength);
    }
    if (appLength > 0) {
      add(SERVICE_NAME, appAt, appLength);
    }
    if (version.length > 0) {
      int at = resource.text.length();
      resource.text.putBytes(version, 0, version.length);
      add(SERVICE_VERSION, ~at, version.length);
    }
  }

  private boolean isOfTheSame(SyslogMessage message, byte[] its, byte[] body) {
    return same(body, hostAt, hostLength, message.hostAt, message.hostLength)
        && same(body, appAt, appLength, message.appAt, message.appLength)
        && Arrays.equals(version, its);
  }

  private static boolean same(byte[] body, int at, int length, int otherAt, int otherLength) {
    return Arrays.equals(body, at, at + length, body, otherAt, otherAt + otherLength);
  }

  private static byte[] version(SdParams data) {
    for (int i = 0; i < data.count(); i++) {
      if (data.isKey(i, ORIGIN_SOFTWARE_VERSION)) {
        int from = data.valueAt(i);
        return Arrays.copyOfRange(data.text(), from, from + data.valueLength(i));
      }
    }
    return NONE;
  }

  private void add(byte[] key, int valueAt, int valueLength) {
    int at = resource.text.length();
    resource.text.putBytes(key, 0, key.length);
    resource.attributes.add(~at, key.length, valueAt, valueLength);
  }

  private void attributes(SyslogMessage message, boolean cut) {
    whole(TRANSPORT, origin.transport());
    whole(PEER, origin.address());
    if (message.priority != SyslogMessage.NO_PRIORITY) {
      whole(FACILITY, Priority.facility(message.priority));
    }
    if (message.version == 1) {
      whole(VERSION, ONE);
    }
    if (message.procIdLength > 0) {
      slice(PROC_ID, message.procIdAt, message.procIdLength);
    }
    if (message.msgIdLength > 0) {
      slice(MSG_ID, message.msgIdAt, message.msgIdLength);
    }
    structuredData(message.structuredData);
    if (cut) {
      whole(CUT, TRUE);
    }
    if (message.problem != null) {
      whole(PROBLEM, ascii(message.problem));
    }
  }

  /** All of it, and the sender's own address also under the name that OpenTelemetry gives it. */
  private void structuredData(SdParams data) {
    boolean named = false;
    for (int i = 0; i < data.count(); i++) {
      int keyAt = fields.put(data.text(), data.keyAt(i), data.keyLength(i));
      int valueAt = fields.put(data.text(), data.valueAt(i), data.valueLength(i));
      fields.attributes.add(keyAt, data.keyLength(i), valueAt, data.valueLength(i));
      if (!named && data.isKey(i, ORIGIN_IP)) {
        slice(CLIENT, valueAt, data.valueLength(i));
        named = true;
      }
    }
  }

  private void whole(byte[] key, byte[] value) {
    slice(key, fields.put(value), value.length);
  }

  private void slice(byte[] key, int valueAt, int valueLength) {
    fields.attributes.add(fields.put(key), key.length, valueAt, valueLength);
  }
}
