package io.lodge.api.ask;

import com.linecorp.armeria.common.HttpStatus;
import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryFault;
import java.util.Locale;

/** A fault as the API says it: its status and {@code {"error":{…}}}. */
public final class FaultJson {
  private FaultJson() {}

  /** The status of an answer that is such a fault. */
  public static HttpStatus status(QueryFault.Kind kind) {
    return switch (kind) {
      case BAD_SEARCH, BAD_REQUEST, BAD_QUERY -> HttpStatus.BAD_REQUEST;
      case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case LIMIT_EXCEEDED -> HttpStatus.UNPROCESSABLE_ENTITY;
      case BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
      case UNREACHABLE -> HttpStatus.BAD_GATEWAY;
      case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  /** What clients go by. */
  public static String code(QueryFault.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static byte[] body(QueryFault fault) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", code(fault.kind()));
      json.writeStringProperty("message", String.valueOf(fault.getMessage()));
      if (fault.kind() == QueryFault.Kind.BAD_SEARCH) {
        json.writeNumberProperty("from", fault.from());
        json.writeNumberProperty("to", fault.to());
      }
      fault.guard().map(Guard::word).ifPresent(word -> json.writeStringProperty("limit", word));
      if (fault.clickhouseCode() != 0) {
        json.writeNumberProperty("clickhouse_code", fault.clickhouseCode());
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
