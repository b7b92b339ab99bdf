// The shapes of /api/traces, /api/trace/{id} and /api/services: docs/api.md. Nanoseconds are decimal text.
import type { Attributes } from './types.ts';

/** A trace in a list of them. What is empty or 0 is left out. */
export type TraceRow = {
  readonly TraceId: string;
  readonly Timestamp: string;
  readonly Duration?: string;
  readonly RootService?: string;
  readonly RootName?: string;
  readonly Spans: number | string;
  readonly Errors?: number | string;
  readonly Services?: readonly { readonly name: string; readonly spans: number | string }[];
  readonly StatusCode?: string;
};

/** Spans counted by start and duration; durations grow by a constant factor. */
export type HeatmapData = {
  readonly start: number;
  readonly step: number;
  readonly buckets: number;
  /** The shortest of each row, in nanoseconds; empty if there are no spans. */
  readonly durations: readonly string[];
  /** How many spans, and how many of them failed: for each bucket one for each of `durations`. */
  readonly cells: readonly (readonly [spans: number, errors: number])[];
};

export type SpanEvent = { readonly Timestamp: string; readonly Name: string; readonly Attributes?: Attributes };

export type SpanLink = {
  readonly TraceId: string;
  readonly SpanId: string;
  readonly TraceState?: string;
  readonly Attributes?: Attributes;
};

export type SpanRow = {
  readonly SpanId: string;
  readonly ParentSpanId?: string;
  readonly SpanName?: string;
  readonly SpanKind?: string;
  readonly ServiceName?: string;
  readonly Timestamp: string;
  readonly Duration?: string;
  readonly StatusCode?: string;
  readonly StatusMessage?: string;
  readonly ScopeName?: string;
  readonly SpanAttributes?: Attributes;
  readonly ResourceAttributes?: Attributes;
  readonly Events?: readonly SpanEvent[];
  readonly Links?: readonly SpanLink[];
};

export type SpanLog = {
  readonly SpanId?: string;
  readonly Timestamp: string;
  readonly SeverityText?: string;
  readonly SeverityNumber?: number;
  readonly Body?: string;
  readonly ServiceName?: string;
};

export type TraceData = {
  readonly trace_id: string;
  readonly start: string;
  readonly duration: string;
  readonly spans: readonly SpanRow[];
  readonly logs?: readonly SpanLog[];
  readonly truncated?: boolean;
  readonly logs_truncated?: boolean;
};

/** Rate, errors and durations of what others ask of a service: spans of servers and consumers, and those without a parent. */
export type ServiceFigures = {
  readonly name: string;
  /** Of any kind. */
  readonly spans: string;
  readonly requests: string;
  readonly errors: string;
  /** Per second. */
  readonly rate: number;
  /** 0 to 1. */
  readonly error_rate: number;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly logs?: string;
  readonly log_errors?: string;
};

export type ServiceEdge = {
  readonly from: string;
  readonly to: string;
  readonly calls: string;
  readonly errors: string;
  readonly p95?: string;
};

export type Operation = {
  readonly name: string;
  readonly kind?: string;
  readonly spans: string;
  readonly errors: string;
  readonly p50: string;
  readonly p95: string;
};

export type ServicesData = {
  readonly services: readonly ServiceFigures[];
  readonly edges: readonly ServiceEdge[];
  /** The share of traces that edges were looked for in; their figures are scaled up. */
  readonly edges_share?: number;
  readonly operations?: readonly Operation[];
};
