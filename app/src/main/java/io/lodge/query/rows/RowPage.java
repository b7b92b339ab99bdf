package io.lodge.query.rows;

import io.lodge.query.run.Guard;
import io.lodge.query.time.TimeRange;
import java.util.Optional;

/**
 * How a page of rows ended.
 *
 * @param rows given
 * @param truncated whether there may be more rows
 * @param stoppedBy the guard that ended it before all was searched
 * @param searched what was gone through
 * @param next where the next page begins; empty if there is none
 */
public record RowPage(
    int rows,
    boolean truncated,
    Optional<Guard> stoppedBy,
    TimeRange searched,
    Optional<String> next) {}
