package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.block.ChunkPool;
import io.lodge.decode.Decoded;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.PayloadDecoder;
import io.lodge.deliver.Courier;
import io.lodge.deliver.Delivery;
import io.lodge.deliver.Shipment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.RulesId;
import io.lodge.journal.SegmentFile;
import io.lodge.lane.Lane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.lodge.route.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends segments from their files straight to ClickHouse: decoded under the rules and limits they
 * were accepted under, the same blocks under the same tokens as their gateway's. What ClickHouse
 * has noted as stored is not sent, and of what it has besides it knows the token. The files stay.
 * For one thread.
 */
public final class Redelivery {
  /** A server that hiccups; whoever started this can start it again. */
  private static final int ATTEMPTS_MAX = 5;

  private static final long CHUNKS_KEPT_BYTES = 32L << 20;

  private final PipelineOptions options;
  private final Courier courier;
  private final Rules now;
  private final Time time;
  private final boolean anyDecoder;
  private final Lanes lanes = new Lanes();
  private final ChunkPool chunks = new ChunkPool(CHUNKS_KEPT_BYTES);

  /**
   * @param options limits of files whose header is damaged, and the compression
   * @param now rules of files whose header is damaged
   * @param anyDecoder whether to decode also what another revision of the decoder accepted
   */
  public Redelivery(
      PipelineOptions options, Courier courier, Rules now, Time time, boolean anyDecoder) {
    this.options = options;
    this.courier = courier;
    this.now = now;
    this.time = time;
    this.anyDecoder = anyDecoder;
  }

  /** What became of a file. */
  public sealed interface Result {

    /**
     * ClickHouse has its blocks, or would be sent them.
     *
     * @param rows by table, of those that were sent
     * @param whole whether all of the file is intact
     */
    record Done(Map<String, Integer> rows, boolean whole) implements Result {}

    /** ClickHouse has not all of it, for now or for ever. */
    record Failed(String why) implements Result {}
  }

  /**
   * Sends one.
   *
   * @param kinds only blocks with records of payloads of these kinds; empty for all. A block is
   *     never sent in part, for its token names all of it
   * @param dryRun whether to decode it only
   */
  public Result send(SegmentFile file, Set<PayloadKind> kinds, boolean dryRun)
      throws IOException, InterruptedException {
    Optional<PayloadDecoder> decoder;
    try {
      decoder = Optional.of(decoder(file));
    } catch (IllegalArgumentException cannot) {
      return new Result.Failed(String.valueOf(cannot.getMessage()));
    }
    Set<String> tables = new HashSet<>();
    Decoded decoded = Decoded.unanswered();
    lanes.clear();
    lanes.replay();
    try {
      SegmentFile.Found found =
          file.read(payload -> {
            Map<String, Integer> before = rows(lanes.filled());
            lanes.mark();
            decoded.reset();
            decoder.get().decode(payload, lanes, decoded);
            lanes.count(payload, decoded.stored(), decoded.rejected(), decoded.dropped());
            if (isMeant(payload, kinds)) {
              lanes.filled().stream()
                  .filter(lane -> lane.rows() > before.getOrDefault(lane.table(), 0))
                  .forEach(lane -> tables.add(lane.table()));
            }
          });
      List<Lane> meant =
          lanes.filled().stream().filter(lane -> tables.contains(lane.table())).toList();
      return dryRun ? new Result.Done(rows(meant), found.whole()) : deliver(file, meant, found);
    } catch (DamagedSegmentException | RuntimeException e) {
      return new Result.Failed(String.valueOf(e.getMessage()));
    } finally {
      lanes.clear();
    }
  }

  private static boolean isMeant(Payload payload, Set<PayloadKind> kinds) {
    return kinds.isEmpty() || kinds.contains(payload.kind());
  }

  private static Map<String, Integer> rows(List<Lane> lanes) {
    Map<String, Integer> rows = new HashMap<>();
    lanes.forEach(lane -> rows.put(lane.table(), lane.rows()));
    return rows;
  }

  private Result deliver(SegmentFile file, List<Lane> meant, SegmentFile.Found found)
      throws IOException, InterruptedException {
    Set<String> stored = courier.stored(file.id().toString());
    List<Shipment.Parcel> parcels = new ArrayList<>();
    for (Lane lane : withAccount(file, meant, stored)) {
      if (stored.contains(lane.blockName())) {
        continue;
      }
      if (stored.stream().anyMatch(name -> name.startsWith(lane.blockName() + "/"))) {
        release(parcels);
        return new Result.Failed(
            "ClickHouse has some rows of its block for %s, which was sent in pieces: put it back into its gateway's journal, which goes on with them"
                .formatted(lane.table()));
      }
      parcels.add(
          new Shipment.Parcel(
              lane.table(),
              lane.blockName(),
              lane.encode(options.compression(), chunks),
              lane.isOfRecords(),
              lane.rowsExpired(time.instant())));
    }
    Shipment shipment = new Shipment(file.id().toString(), parcels);
    try {
      return switch (courier.deliver(shipment, ATTEMPTS_MAX)) {
        case Delivery.Stored _ -> new Result.Done(rows(meant), found.whole());
        case Delivery.Refused refused ->
            new Result.Failed("ClickHouse refused a block: " + refused.reason());
        case Delivery.Postponed postponed ->
            new Result.Failed("ClickHouse does not take it now: " + postponed.reason());
      };
    } finally {
      shipment.release();
    }
  }

  /** The account says that all else is stored: it goes along once that is so. */
  private List<Lane> withAccount(SegmentFile file, List<Lane> meant, Set<String> stored) {
    boolean all =
        lanes.filled().stream()
            .allMatch(lane -> meant.contains(lane) || stored.contains(lane.blockName()));
    if (!all || lanes.tally().isEmpty()) {
      return meant;
    }
    Shipments.account(file.id(), lanes);
    List<Lane> whole = new ArrayList<>(meant);
    whole.add(lanes.ledger());
    return whole;
  }

  private static void release(List<Shipment.Parcel> parcels) {
    parcels.forEach(parcel -> parcel.block().release());
  }

  private PayloadDecoder decoder(SegmentFile file) throws IOException {
    return new PayloadDecoder(limits(file), rules(file));
  }

  private DecoderLimits limits(SegmentFile file) {
    Optional<Integer> stamp = file.decoderRevision();
    if (stamp.isEmpty()) {
      return options.limits();
    }
    Optional<DecoderLimits> same = DecoderLimits.ofStamp(stamp.get());
    if (same.isEmpty() && !anyDecoder) {
      throw new IllegalArgumentException(
          "another revision of the decoder wrote it; send it with the build that did, or, if none of its blocks was ever sent, with --any-decoder");
    }
    return DecoderLimits.ofAnyStamp(stamp.get());
  }

  private Rules rules(SegmentFile file) throws IOException {
    if (file.rules().equals(RulesId.LOST)) {
      return now;
    }
    return file.rulesText()
        .map(Rules::parse)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "its rules %s are gone or damaged; put the file %s.rules beside it"
                    .formatted(file.rules().hex(), file.rules().hex())));
  }
}
