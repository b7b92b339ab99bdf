package io.lodge.lane;

import io.lodge.model.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The lanes of one segment: every landing table's block under construction. Reused from segment to
 * segment; belongs to one thread at a time.
 */
public final class Lanes {
  private final List<Slot<?>> slots = new ArrayList<>();

  // First: others count on them, so nothing else in their segment is to hold them up.
  private final Slot<SeriesLane> series = slot(this::seriesLane);
  private final Slot<LogsLane> logs = slot(LogsLane::new);
  private final Slot<TracesLane> traces = slot(TracesLane::new);
  private final Slot<GaugeLane> gauge = slot(GaugeLane::new);
  private final Slot<SumLane> sum = slot(SumLane::new);
  private final Slot<HistogramLane> histogram = slot(HistogramLane::new);
  private final Slot<ExponentialHistogramLane> exponentialHistogram =
      slot(ExponentialHistogramLane::new);
  private final Slot<SummaryLane> summary = slot(SummaryLane::new);
  private final Slot<SamplesLane> samples = slot(SamplesLane::new);
  private final Slot<NativeHistogramsLane> nativeHistograms = slot(NativeHistogramsLane::new);
  private final Slot<ExemplarsLane> exemplars = slot(ExemplarsLane::new);
  private final Slot<MetricMetadataLane> metricMetadata = slot(MetricMetadataLane::new);
  private final Slot<ClickHouseLogsLane> serverLogs = slot(ClickHouseLogsLane::server);
  private final Slot<ClickHouseLogsLane> keeperLogs = slot(ClickHouseLogsLane::keeper);
  private final Slot<DeadLettersLane> deadLetters = slot(DeadLettersLane::new);
  private final Slot<WideEventsLane> wideEvents = slot(WideEventsLane::new);
  private final Slot<AnalyticsLane> analytics = slot(AnalyticsLane::new);

  // Behind all data: a row of it says that all that its segment holds of a dead letter is stored.
  private final Slot<ReplaysLane> replays = slot(ReplaysLane::new);

  // Last: its rows say that all the others are stored.
  private final Slot<LedgerLane> ledger = slot(LedgerLane::new);

  private final Tally tally = new Tally();
  private final SeriesMemory memory;
  private boolean replaying;

  /** Lanes by themselves. */
  public Lanes() {
    this(new SeriesMemory());
  }

  /**
   * @param memory shared by all lanes whose blocks go to the same ClickHouse
   */
  public Lanes(SeriesMemory memory) {
    this.memory = memory;
  }

  private SeriesLane seriesLane() {
    return new SeriesLane(memory);
  }

  private <L extends Lane> Slot<L> slot(Supplier<L> make) {
    Slot<L> slot = new Slot<>(make);
    slots.add(slot);
    return slot;
  }

  public LogsLane logs() {
    return logs.touched();
  }

  public TracesLane traces() {
    return traces.touched();
  }

  public GaugeLane gauge() {
    return gauge.touched();
  }

  public SumLane sum() {
    return sum.touched();
  }

  public HistogramLane histogram() {
    return histogram.touched();
  }

  public ExponentialHistogramLane exponentialHistogram() {
    return exponentialHistogram.touched();
  }

  public SummaryLane summary() {
    return summary.touched();
  }

  public SeriesLane series() {
    SeriesLane lane = series.touched();
    if (replaying) {
      lane.writeAll();
    }
    return lane;
  }

  /**
   * What is decoded next, until the lanes are cleared, waited in the journal: its blocks hold all
   * that its bytes say, also what fresh blocks leave out because others have it.
   */
  public void replay() {
    replaying = true;
  }

  public SamplesLane samples() {
    return samples.touched();
  }

  public NativeHistogramsLane nativeHistograms() {
    return nativeHistograms.touched();
  }

  public ExemplarsLane exemplars() {
    return exemplars.touched();
  }

  public MetricMetadataLane metricMetadata() {
    return metricMetadata.touched();
  }

  /** Logs of ClickHouse servers. */
  public ClickHouseLogsLane serverLogs() {
    return serverLogs.touched();
  }

  /** Logs of ClickHouse Keeper. */
  public ClickHouseLogsLane keeperLogs() {
    return keeperLogs.touched();
  }

  public DeadLettersLane deadLetters() {
    return deadLetters.touched();
  }

  public WideEventsLane wideEvents() {
    return wideEvents.touched();
  }

  public AnalyticsLane analytics() {
    return analytics.touched();
  }

  /** What became of dead letters that were sent again. */
  public ReplaysLane replays() {
    return replays.touched();
  }

  public LedgerLane ledger() {
    return ledger.touched();
  }

  /**
   * Counts a payload that is accepted, whose rows are those since the mark.
   *
   * @param stored records of it for their own table
   * @param rejected records of it that went to the dead letters
   * @param dropped records of it that routing rules dropped
   */
  public void count(Payload payload, long stored, long rejected, long dropped) {
    if (payload.kind().isOfRecords()) {
      tally.add(payload, slots, stored, rejected, dropped);
    }
  }

  /** What the payloads counted so far became: the same whenever they are decoded. */
  public List<LedgerEntry> tally() {
    return tally.entries();
  }

  /**
   * Ends the segment: its entries in the delivery ledger become rows. To be called once all its
   * payloads are counted.
   *
   * @param gateway whose segment it is
   * @param segment its id
   */
  public void writeLedger(String gateway, String segment) {
    for (LedgerEntry entry : tally()) {
      ledger().put(LedgerSide.STORED, gateway, segment, entry, "");
    }
  }

  /** Every lane there is, in a fixed order. */
  List<Lane> all() {
    List<Lane> all = new ArrayList<>();
    slots.forEach(slot -> all.add(slot.touched()));
    return all;
  }

  /** The lanes that hold rows, in a fixed order. */
  public List<Lane> filled() {
    List<Lane> filled = new ArrayList<>();
    for (Slot<?> slot : slots) {
      Lane lane = slot.present();
      if (lane != null && lane.rows() > 0) {
        filled.add(lane);
      }
    }
    return filled;
  }

  /** The rows of the fullest lane. */
  public int rowsMax() {
    int max = 0;
    for (Slot<?> slot : slots) {
      Lane lane = slot.present();
      max = lane == null ? max : Math.max(max, lane.rows());
    }
    return max;
  }

  /** The uncompressed size of all lanes, about: what a segment holds in memory. */
  public long sizeBytes() {
    long size = 0;
    for (Slot<?> slot : slots) {
      Lane lane = slot.present();
      size += lane == null ? 0 : lane.sizeBytes();
    }
    return size;
  }

  /** Begins a payload: its rows can be dropped until the next begins. */
  public void mark() {
    slots.forEach(Slot::nextPayload);
  }

  /** Drops the rows since the mark: a payload that turned out to be malformed leaves no trace. */
  public void rollback() {
    slots.forEach(Slot::rollback);
  }

  public void clear() {
    replaying = false;
    tally.clear();
    slots.forEach(Slot::clear);
  }
}
