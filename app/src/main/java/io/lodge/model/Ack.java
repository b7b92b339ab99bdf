package io.lodge.model;

/** What must be true of a payload before its sender is told that it is accepted. */
public enum Ack {
  /** It is on this machine's disk: one sync for all that came together. */
  DISK,
  /** It is decoded. No promise: a power failure may lose what came in the last second. */
  MEMORY,
  /** Its segment is in the bucket, or stored: this machine may be lost. */
  OBJECT,
  /** ClickHouse has all of its segment: a query finds it. */
  CLICKHOUSE
}
