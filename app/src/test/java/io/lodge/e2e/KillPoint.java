package io.lodge.e2e;

/**
 * Where a gateway is killed: between every two steps of a segment's life that a crash could tear
 * apart. The names are those of the product's methods; a test fails if one is never reached.
 *
 * @see KillAgent
 */
enum KillPoint {
  SEGMENT_CREATED("journal.LocalDisk#create", "after", 3),
  APPENDED_NOT_SYNCED("journal.OpenSegment#append", "after", 40),
  BEFORE_SYNC("journal.OpenSegment#sync", "before", 30),
  SYNCED_NOT_ANSWERED("journal.OpenSegment#sync", "after", 30),
  ANSWERED("ingest.Shard#group", "after", 30),
  BEFORE_FOOTER("journal.SegmentEnd#write", "before", 3),
  FOOTER_BEFORE_ITS_NAME("journal.LocalDisk#rename", "before", 4),
  NAME_BEFORE_THE_FOLDER_IS_SYNCED("journal.LocalDisk#rename", "after", 4),
  CLOSED_NOT_SENT("journal.SegmentEnd#write", "after", 3),
  BEFORE_INSERT("clickhouse.ClickHouse#insert", "before", 3),
  INSERTED_NOT_KNOWN("clickhouse.ClickHouse#result", "before", 3),
  STORED_NOT_DELETED("journal.ClosedSegment#delete", "before", 3),
  DELETED("journal.ClosedSegment#delete", "after", 3),
  /** What a kill before has left is being put in order, decoded and sent again. */
  BEFORE_AN_OPEN_SEGMENT_IS_FINISHED("journal.Recovery#finish", "before"),
  AFTER_RECOVERY("journal.Recovery#run", "after"),
  DECODED_AGAIN_NOT_SENT("ingest.Redecoder#decode", "after");

  private final String method;
  private final String side;

  /** Which time at the latest, of those it is come by. */
  final int timesMax;

  /** Whether it is only come by if the process before was killed with a segment open. */
  final boolean needsAnOpenSegment;

  KillPoint(String method, String side, int timesMax) {
    this(method, side, timesMax, false);
  }

  /** Of a start that finds an open segment. */
  KillPoint(String method, String side) {
    this(method, side, 1, true);
  }

  KillPoint(String method, String side, int timesMax, boolean needsAnOpenSegment) {
    this.method = method;
    this.needsAnOpenSegment = needsAnOpenSegment;
    this.side = side;
    this.timesMax = timesMax;
  }

  /** The agent's argument. */
  String at(int times) {
    return "io.lodge.%s:%s:%d".formatted(method, side, times);
  }
}
