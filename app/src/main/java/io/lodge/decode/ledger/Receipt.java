package io.lodge.decode.ledger;

import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;

/**
 * What clients were told of a source.
 *
 * @param gateway the journal that took the requests, as in the ids of its segments
 * @param reason why requests were refused, as one word; empty if they were not
 */
public record Receipt(LedgerSide side, String gateway, LedgerEntry entry, String reason) {}
