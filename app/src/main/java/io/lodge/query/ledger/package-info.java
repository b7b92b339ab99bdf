/**
 * The delivery ledger, read: both of its sides from ClickHouse and what this gateway has on its
 * way, brought together source by source; and the ledger held against the tables themselves. It
 * judges; it changes nothing.
 */
@NullMarked
package io.lodge.query.ledger;

import org.jspecify.annotations.NullMarked;
