package io.lodge.receive;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * One endpoint of the HTTP ingest listener: which requests are its own, what they carry, and how it
 * answers. Thread-safe; asked on event loops, and never blocks.
 */
interface HttpRoute {

  /** A line or two of the list of endpoints, such as {@code POST /v1/logs OTLP logs, …}. */
  String help();

  /** Whether the request is for this endpoint, by path and query; of any method. */
  boolean takes(ServiceRequestContext ctx);

  /** The label of its requests in metrics. */
  Protocol protocol();

  /** How it answers this request, whatever becomes of it. */
  HttpWords words(RequestHeaders headers);

  /** What to do with the request. */
  Plan plan(ServiceRequestContext ctx, RequestHeaders headers);
}
