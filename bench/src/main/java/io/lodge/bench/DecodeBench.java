package io.lodge.bench;

import io.lodge.block.ChunkPool;
import io.lodge.block.Compression;
import io.lodge.block.EncodedBlock;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records per second of one core, from request bodies to a block ready to send. An invocation is
 * one block, filled request by request as the pipeline does.
 *
 * <p>{@code java -cp bench/target/bench.jar org.openjdk.jmh.Main DecodeBench}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(DecodeBench.BLOCK_RECORDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class DecodeBench {
  static final int BLOCK_RECORDS = 120_000;

  /**
   * Throughput by the thread's own processor time: what a core does, also on a machine that is busy
   * with other things. JMH prints it beside the throughput by the clock.
   */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cpu {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long records;
    private long nanos;

    @Setup(Level.Iteration)
    public void reset() {
      records = 0;
      nanos = -threads.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void stop() {
      nanos += threads.getCurrentThreadCpuTime();
    }

    public double recordsPerCpuSecond() {
      return records * 1e9 / nanos;
    }
  }

  private static final long START = 1_795_000_000_000_000_000L;
  private static final int DISTINCT_RECORDS = 40_000;

  /** Records in each request. */
  @Param({"1000", "10"})
  int records;

  /** Routing rules, see {@link BenchRules}: {@code -p routing=none,built_in,resource10,record1}. */
  @Param("none")
  String routing = "none";

  /** Whether payloads are counted for the delivery ledger, as the pipeline does. */
  @Param("true")
  boolean counted = true;

  private final Lanes lanes = new Lanes();
  private final Decoded decoded = new Decoded();
  private PayloadDecoder decoder = new PayloadDecoder(64 << 20, 8 << 20, Rules.NONE);
  private final ChunkPool pool = new ChunkPool(256 << 20);
  private Payload[] protobuf = {};
  private Payload[] json = {};
  private Payload[] traces = {};
  private Payload[] metrics = {};
  private Payload[] loki = {};
  private Payload[] syslog = {};

  @Setup
  public void setUp() {
    decoder = new PayloadDecoder(64 << 20, 8 << 20, BenchRules.of(routing));
    var requests = new LogRequests(1);
    int count = DISTINCT_RECORDS / records;
    protobuf = new Payload[count];
    json = new Payload[count];
    traces = new Payload[count];
    metrics = new Payload[count];
    loki = new Payload[count];
    syslog = new Payload[count];
    var traceRequests = new TraceRequests(1);
    var metricRequests = new MetricRequests(1);
    for (int i = 0; i < count; i++) {
      ExportLogsServiceRequest request = requests.next(records, START + i);
      protobuf[i] = payload(PayloadKind.OTLP_LOGS_PROTOBUF, request.toByteArray());
      json[i] = payload(PayloadKind.OTLP_LOGS_JSON, OtlpJson.of(request));
      byte[] spans = traceRequests.next(records, START + i).toByteArray();
      traces[i] = payload(PayloadKind.OTLP_TRACES_PROTOBUF, spans);
      byte[] points = metricRequests.next(records, START + i).toByteArray();
      metrics[i] = payload(PayloadKind.OTLP_METRICS_PROTOBUF, points);
      loki[i] = payload(PayloadKind.LOKI_PROTOBUF, LineRequests.loki(records, START + i));
      syslog[i] = payload(PayloadKind.SYSLOG, LineRequests.syslog(records, i));
    }
  }

  @Benchmark
  public int decode(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(protobuf, cpu);
  }

  @Benchmark
  public int decodeJson(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(json, cpu);
  }

  @Benchmark
  public long decodeTraces(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(traces, cpu);
  }

  @Benchmark
  public long decodeAndEncodeTraces(Cpu cpu)
      throws MalformedPayloadException, BodyTooLargeException {
    fill(traces, cpu);
    return encode(Compression.LZ4);
  }

  @Benchmark
  public long decodeMetrics(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(metrics, cpu);
  }

  @Benchmark
  public long decodeLoki(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(loki, cpu);
  }

  @Benchmark
  public long decodeSyslog(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    return fill(syslog, cpu);
  }

  @Benchmark
  public long decodeAndEncodeMetrics(Cpu cpu)
      throws MalformedPayloadException, BodyTooLargeException {
    fill(metrics, cpu);
    return encode(Compression.LZ4);
  }

  @Benchmark
  public long decodeAndEncodeNone(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    fill(protobuf, cpu);
    return encode(Compression.NONE);
  }

  @Benchmark
  public long decodeAndEncodeLz4(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    fill(protobuf, cpu);
    return encode(Compression.LZ4);
  }

  @Benchmark
  public long decodeAndEncodeZstd(Cpu cpu) throws MalformedPayloadException, BodyTooLargeException {
    fill(protobuf, cpu);
    return encode(Compression.ZSTD);
  }

  private int fill(Payload[] payloads, Cpu cpu)
      throws MalformedPayloadException, BodyTooLargeException {
    lanes.clear();
    decoded.reset();
    int next = 0;
    while (decoded.stored() < BLOCK_RECORDS && lanes.sizeBytes() < 1L << 30) {
      lanes.mark();
      Payload payload = payloads[next++ % payloads.length];
      long before = decoded.stored();
      decoder.decode(payload, lanes, decoded);
      if (counted) {
        lanes.count(payload, decoded.stored() - before, 0, 0);
      }
    }
    cpu.records += decoded.stored();
    return (int) decoded.stored();
  }

  private long encode(Compression compression) {
    long bytes = 0;
    for (Lane lane : lanes.filled()) {
      EncodedBlock block = lane.encode(compression, pool);
      bytes += block.compressedBytes();
      block.release();
    }
    return bytes;
  }

  private static Payload payload(PayloadKind kind, byte[] body) {
    return new Payload(kind, ContentEncoding.IDENTITY, "default", "", START, body, 0, body.length);
  }
}
