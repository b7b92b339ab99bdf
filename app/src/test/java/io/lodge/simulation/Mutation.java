package io.lodge.simulation;

import static io.lodge.simulation.Promise.ACKNOWLEDGED_IS_KEPT;
import static io.lodge.simulation.Promise.ALL_OR_NOTHING;
import static io.lodge.simulation.Promise.ANSWERS_ARE_TRUE;
import static io.lodge.simulation.Promise.BUDGETS_RETURN;
import static io.lodge.simulation.Promise.COUNTERS_ADD_UP;
import static io.lodge.simulation.Promise.DRAINS;
import static io.lodge.simulation.Promise.EXACTLY_ONCE;
import static io.lodge.simulation.Promise.FAILED_SYNC_IS_FATAL;
import static io.lodge.simulation.Promise.INTACT_IS_SALVAGED;
import static io.lodge.simulation.Promise.NOTHING_MADE_UP;
import static io.lodge.simulation.Promise.NO_BUG;
import static io.lodge.simulation.Promise.ONE_TOKEN_ONE_BLOCK;
import static io.lodge.simulation.Promise.QUARANTINE_HAS_A_CAUSE;
import static io.lodge.simulation.Promise.RULES_ARE_KEPT;
import static io.lodge.simulation.Promise.SERIES_ARE_KEPT;
import static io.lodge.simulation.Promise.VIEWS_AGREE;

import java.util.Set;
import java.util.stream.LongStream;

/**
 * Bugs that are put into the product on purpose: each breaks a promise that a seed finds broken.
 */
enum Mutation {
  ACK_BEFORE_SYNC(
      "answers before the sync",
      "ingest/Shard",
      "    segment().sync();",
      """
          for (Answer early : group) {
            early.submission.outcome().complete(early.outcome);
          }
          segment().sync();
      """,
      ACKNOWLEDGED_IS_KEPT,
      FAILED_SYNC_IS_FATAL),
  NO_SYNC(
      "writes, but does not sync",
      "journal/OpenSegment",
      "      file.force();",
      "",
      ACKNOWLEDGED_IS_KEPT,
      QUARANTINE_HAS_A_CAUSE),
  NO_SYNC_OF_NAME(
      "syncs a new file, but not its name",
      "journal/OpenSegment",
      "storage.disk().syncDir(\"\");",
      "",
      ACKNOWLEDGED_IS_KEPT),
  FAILED_SYNC_IGNORED(
      "goes on after a sync that failed",
      "journal/OpenSegment",
      "throw failure(\"sync\", e);",
      "",
      FAILED_SYNC_IS_FATAL,
      ONE_TOKEN_ONE_BLOCK),
  FULL_DISK_IGNORED(
      "takes what the disk had no room for as written",
      "journal/OpenSegment",
      "        to.close();\n        storage.disk().delete(openName());\n      }\n      return false;",
      "        to.close();\n      }\n      return true;",
      ACKNOWLEDGED_IS_KEPT,
      BUDGETS_RETURN,
      ONE_TOKEN_ONE_BLOCK,
      QUARANTINE_HAS_A_CAUSE,
      NO_BUG),
  NAMED_CLOSED_BEFORE_SYNC(
      "gives a segment its closed name before it is synced",
      "journal/SegmentEnd",
      "    to.force();\n    String name",
      "    String name",
      ACKNOWLEDGED_IS_KEPT,
      QUARANTINE_HAS_A_CAUSE),
  OPEN_FILES_IGNORED(
      "a start does not look at segments that were open",
      "journal/Recovery",
      "open(file.name, file.id).ifPresent(left::add);",
      "log.debug(\"{}\", file);",
      ACKNOWLEDGED_IS_KEPT),
  EPOCH_USED_TWICE(
      "two lives give the same ids",
      "journal/Identity",
      "of(last.gateway, Math.max(now, last.epoch + 1))",
      "last",
      ONE_TOKEN_ONE_BLOCK,
      ACKNOWLEDGED_IS_KEPT,
      NO_BUG,
      QUARANTINE_HAS_A_CAUSE),
  CHECKSUM_IGNORED(
      "believes a frame whose checksum is wrong",
      "journal/FrameReader",
      "window.getInt(at + 4) != crc(offset)",
      "false",
      INTACT_IS_SALVAGED,
      NOTHING_MADE_UP,
      ACKNOWLEDGED_IS_KEPT,
      ALL_OR_NOTHING,
      QUARANTINE_HAS_A_CAUSE),
  SALVAGE_STOPS(
      "of a damaged segment only what is before the damage is salvaged",
      "journal/Salvage",
      "        at = Scan.payloadFrom(intact, intact.next(), fileBytes);",
      "        at = -1;",
      INTACT_IS_SALVAGED),
  RULES_PRUNED(
      "removes rules that segments still name",
      "journal/KeptRules",
      "segments.forEach(segment -> named.add(segment.rules().hex() + Names.RULES));",
      "",
      QUARANTINE_HAS_A_CAUSE),
  RULES_OF_NOW(
      "decodes again under the rules of now",
      "ingest/RulesInForce",
      "id.equals(now.id()) || id.equals(RulesId.LOST)",
      "now != null",
      RULES_ARE_KEPT,
      ONE_TOKEN_ONE_BLOCK),
  DISK_BUDGET_KEPT(
      "does not give back the budget of a deleted segment",
      "journal/ClosedSegment",
      "    storage.space().release(extent.sizeBytes());",
      "",
      BUDGETS_RETURN),
  MEMORY_KEPT(
      "does not give back the memory of a block that was sent",
      "ingest/Outbox",
      "    } finally {\n      memory.release(shipment.heldBytes());",
      "    } finally {",
      BUDGETS_RETURN),
  DELETED_BEFORE_STORED(
      "deletes a segment, and sends it then",
      "ingest/Outbox",
      "      switch (courier.deliver(shipment, ATTEMPTS_MAX)) {",
      "      segment.delete();\n      switch (courier.deliver(shipment, ATTEMPTS_MAX)) {",
      ACKNOWLEDGED_IS_KEPT,
      NO_BUG),
  DELETED_WHEN_POSTPONED(
      "deletes a segment that ClickHouse did not take",
      "ingest/Outbox",
      "postpone(segment, postponed.maybeStored() ? sent : new Sent.Never());",
      "segment.delete();",
      ACKNOWLEDGED_IS_KEPT,
      COUNTERS_ADD_UP),
  UNKNOWN_IS_STORED(
      "takes an answer that was lost for a yes",
      "deliver/Courier",
      "          retries.increment();",
      """
                retries.increment();
                if (later.kind() == InsertResult.Wait.UNKNOWN_STATUS) {
                  return new Delivery.Stored();
                }
      """,
      ACKNOWLEDGED_IS_KEPT,
      COUNTERS_ADD_UP,
      VIEWS_AGREE),
  REFUSED_IS_STORED(
      "takes a refusal for a yes",
      "deliver/Courier",
      "return new Delivery.Refused(refused.message(), parcel.name());",
      "return new Delivery.Stored();",
      ACKNOWLEDGED_IS_KEPT,
      COUNTERS_ADD_UP),
  REST_FORGOTTEN(
      "forgets the blocks after the first",
      "deliver/Courier",
      "      maybeStored = true;\n    }",
      "      return delivery;\n    }",
      ACKNOWLEDGED_IS_KEPT,
      ALL_OR_NOTHING),
  TOKEN_WITHOUT_SEGMENT(
      "tokens are the same for every segment",
      "deliver/Shipment",
      "return segment + \"/\" + parcel.name();",
      "return parcel.name();",
      ONE_TOKEN_ONE_BLOCK),
  TOKEN_OF_ATTEMPT(
      "each attempt has a token of its own",
      "deliver/Courier",
      "String token = shipment.token(parcel);",
      "String token = shipment.token(parcel) + \"/\" + attempt;",
      EXACTLY_ONCE),
  TOKEN_OF_REPLAY(
      "a segment that is decoded again has other tokens",
      "ingest/Shipments",
      "return new Shipment(\n        segment.id().toString(),",
      "return new Shipment(\n        segment.id() + \"/\" + now,",
      EXACTLY_ONCE),
  NO_ROLLBACK(
      "leaves the rows of a refused body among the others",
      "ingest/Shard",
      "    into.rollback();",
      "",
      NOTHING_MADE_UP,
      EXACTLY_ONCE,
      ONE_TOKEN_ONE_BLOCK,
      NO_BUG),
  LANES_NOT_CLEARED(
      "leaves the rows of a segment for the next",
      "ingest/LanesPool",
      "    lanes.clear();",
      "",
      EXACTLY_ONCE,
      ONE_TOKEN_ONE_BLOCK,
      NO_BUG),
  LOST_IN_LINE(
      "a segment that is passed over is not put back in line",
      "ingest/Drain",
      "            passOver(next, sent);",
      "",
      DRAINS),
  LEFTOVERS_FORGOTTEN(
      "what an earlier life left is not sent",
      "ingest/Pipeline",
      "    backlog.addLeftovers(journal.leftovers());",
      "",
      DRAINS),
  SERIES_OF_REFUSED_REMEMBERED(
      "labels of a body that was refused count as written",
      "lane/SeriesLane",
      "block.rollback(memory::forget);",
      "block.rollback(key -> {});",
      SERIES_ARE_KEPT),
  SERIES_LEFT_OUT_AGAIN(
      "a block of series that is decoded again lacks what others have",
      "ingest/Redecoder",
      "    lanes.replay();",
      "",
      SERIES_ARE_KEPT,
      ONE_TOKEN_ONE_BLOCK),
  BUCKET_EMPTIED(
      "a start deletes what it finds in the bucket, whether the disk has it or not",
      "journal/SegmentBucket",
      "      if (bytes == object.sizeBytes()) {",
      "      if (bytes != 0) {",
      ACKNOWLEDGED_IS_KEPT),
  OBJECT_DELETED_EARLY(
      "an object goes once it was fetched",
      "journal/ClosedSegment",
      "    removeFile();\n    copy.released();",
      "    removeFile();\n    copy.stored();",
      ACKNOWLEDGED_IS_KEPT),
  OBJECT_KEPT(
      "the object of a segment that is stored stays in the bucket",
      "journal/ClosedSegment",
      "      copy.stored();",
      "      copy.released();",
      DRAINS),
  ANSWER_WITHOUT_DEAD_LETTERS(
      "an answer does not tell of dead letters",
      "ingest/Shard",
      "            decoded.rejected(),",
      "            0,",
      ANSWERS_ARE_TRUE);

  private final String what;
  private final String source;
  private final String text;
  private final String replacement;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes it
  private final Set<Promise> breaks;

  /**
   * @param what the bug, in words
   * @param source the class it is put into, below {@code io/lodge}
   * @param text what stands there exactly once
   * @param replacement what stands there instead
   * @param breaks the promises one of which a seed finds broken
   */
  Mutation(String what, String source, String text, String replacement, Promise... breaks) {
    this.what = what;
    this.source = source;
    this.text = text;
    this.replacement = replacement;
    this.breaks = Set.of(breaks);
  }

  String what() {
    return what;
  }

  String source() {
    return source;
  }

  String text() {
    return text;
  }

  String replacement() {
    return replacement;
  }

  /** The seeds that could find it: series are in some seeds only. */
  LongStream seeds() {
    long each = breaks.contains(SERIES_ARE_KEPT) ? Simulation.SERIES_EVERY : 1;
    return LongStream.iterate(each - 1, seed -> seed + each);
  }

  Set<Promise> breaks() {
    return breaks;
  }
}
