/**
 * Accepted payloads on disk until ClickHouse has them: segments that are appended, synced, closed,
 * recovered after a crash, and put in quarantine when damaged. The bytes on disk are described in
 * {@code docs/formats/journal.md}.
 *
 * <p>It never looks into a payload, never drops one in silence, and never deletes what it cannot
 * read.
 */
@NullMarked
package io.lodge.journal;

import org.jspecify.annotations.NullMarked;
