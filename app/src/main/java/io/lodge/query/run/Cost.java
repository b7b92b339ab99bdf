package io.lodge.query.run;

import java.time.Duration;

/**
 * What a question took.
 *
 * @param rowsRead from storage
 * @param bytesRead from storage, uncompressed
 * @param rowsToRead of the statement that is running, as ClickHouse estimates; 0 if unknown
 */
public record Cost(long rowsRead, long bytesRead, long rowsToRead, Duration elapsed) {

  Cost plus(long rows, long bytes, long toRead) {
    return new Cost(rowsRead + rows, bytesRead + bytes, toRead, elapsed);
  }
}
