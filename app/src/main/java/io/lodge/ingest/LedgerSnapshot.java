package io.lodge.ingest;

import io.lodge.decode.ledger.Receipt;
import java.util.List;

/**
 * What this process knows of the delivery ledger, all of one moment.
 *
 * @param inFlight what of each source is received and neither stored, in quarantine, lost nor
 *     handed over
 * @param inBucket what of that waits in the bucket, and not on this disk
 * @param handedOver what of each source another gateway delivers by now
 * @param unstored what clients were told and is not in ClickHouse's ledger yet
 * @param changes grows with everything that is counted
 */
public record LedgerSnapshot(
    LedgerTotals totals,
    List<Receipt> inFlight,
    List<Receipt> inBucket,
    List<Receipt> handedOver,
    List<Receipt> unstored,
    long changes) {}
