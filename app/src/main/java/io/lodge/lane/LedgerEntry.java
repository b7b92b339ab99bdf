package io.lodge.lane;

/** A source, and what is counted of it. */
public record LedgerEntry(LedgerSource source, LedgerCounts counts) {}
