package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.OpenSegment;
import io.lodge.journal.SegmentId;
import io.lodge.lane.Lanes;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segment of a source: filled, made durable by {@link #close}, and then delivered, dropped or
 * left. Nothing of it reaches ClickHouse before {@link #deliver}. One thread.
 */
public final class HeldSegment {
  private static final Logger log = LoggerFactory.getLogger(HeldSegment.class);

  private final PipelineOptions options;
  private final OpenSegment segment;
  private final Lanes lanes;
  private final PayloadDecoder decoder;
  private final IngestCounters counters;
  private final SourcePipeline pipeline;
  private final Decoded decoded = new Decoded();
  private final Time time;
  private final long openedNanos;
  private @Nullable ClosedSegment closed;

  HeldSegment(
      PipelineOptions options,
      OpenSegment segment,
      Lanes lanes,
      PayloadDecoder decoder,
      IngestCounters counters,
      SourcePipeline pipeline,
      Time time) {
    this.options = options;
    this.segment = segment;
    this.lanes = lanes;
    this.decoder = decoder;
    this.counters = counters;
    this.pipeline = pipeline;
    this.time = time;
    openedNanos = time.nanoTime();
  }

  public SegmentId id() {
    return segment.id();
  }

  /**
   * Decodes and appends a payload. Accepted, it is durable once the segment is closed; any other
   * outcome leaves no trace of it.
   *
   * @throws io.lodge.journal.JournalFailure if the disk fails
   */
  public Outcome take(Payload payload) {
    lanes.mark();
    decoded.reset();
    Outcome refusal;
    try {
      decoder.decode(payload, lanes, decoded);
      if (segment.append(payload)) {
        counters.accepted(payload.kind(), decoded);
        lanes.count(payload, decoded.stored(), decoded.rejected(), decoded.dropped());
        return new Outcome.Accepted(decoded.stored(), decoded.rejected(), decoded.firstReason());
      }
      counters.refusedJournalFull.increment();
      refusal = new Outcome.RetryLater(Duration.ofSeconds(5), segment.fullBecause());
    } catch (MalformedPayloadException e) {
      counters.malformed.increment();
      refusal = new Outcome.Malformed(String.valueOf(e.getMessage()));
    } catch (BodyTooLargeException e) {
      counters.tooLarge.increment();
      refusal = new Outcome.TooLarge(String.valueOf(e.getMessage()));
    } catch (io.lodge.journal.JournalFailure e) {
      throw e;
    } catch (RuntimeException bug) {
      log.error("cannot decode a {} body: a bug", payload.kind().label(), bug);
      counters.decoderFailures.increment();
      refusal = new Outcome.Malformed("cannot decode body: the gateway failed at it, see its log");
    }
    lanes.rollback();
    return refusal;
  }

  /** Whether it has grown, or aged, as much as a segment may. */
  public boolean isDue() {
    return segment.sizeBytes() >= options.segmentBytesMax()
        || lanes.rowsMax() >= options.blockRowsMax()
        || lanes.sizeBytes() >= options.blockBytesMax()
        || time.nanoTime() - openedNanos >= ageMax().toNanos();
  }

  private Duration ageMax() {
    return pipeline.pressure().segmentAge(options.segmentAgeMax());
  }

  /**
   * Makes it durable; nothing can be appended any more.
   *
   * @throws io.lodge.journal.JournalFailure if the disk fails
   */
  public void close() {
    closed = segment.close();
  }

  /** The source has decided that these records are ours. */
  public void deliver() {
    pipeline.deliver(closed(), lanes);
  }

  /** The source will hand these records out again. */
  public void drop() {
    if (closed == null) {
      close();
    }
    pipeline.drop(closed(), lanes);
  }

  /** The source could not be asked: to be decided later, also by another process. */
  public LeftSegment leave() {
    return pipeline.leave(closed(), lanes);
  }

  private ClosedSegment closed() {
    if (closed == null) {
      throw new IllegalStateException("segment " + id() + " is not closed");
    }
    return closed;
  }
}
