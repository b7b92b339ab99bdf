package io.lodge.ingest;

import io.lodge.block.Compression;
import io.lodge.decode.DecoderLimits;
import java.time.Duration;

/**
 * How the pipeline cuts and sends.
 *
 * @param shards threads that decode and write the journal; one per core keeps them free of locks
 * @param segmentBytesMax a segment closes at this size on disk
 * @param segmentAgeMax a segment closes this long after its first payload: how stale data may be
 * @param blockRowsMax a segment closes when one of its blocks has this many rows
 * @param blockBytesMax or this many bytes before compression
 * @param limits of what is decoded from now on
 * @param insertsParallel inserts of fresh segments at a time
 * @param compression of blocks on their way to ClickHouse
 */
public record PipelineOptions(
    int shards,
    long segmentBytesMax,
    Duration segmentAgeMax,
    int blockRowsMax,
    long blockBytesMax,
    DecoderLimits limits,
    int insertsParallel,
    Compression compression) {}
