package io.lodge.journal;

/**
 * How much the journal may hold, and what its segments say of their decoder.
 *
 * @param diskBudgetBytes appends are refused beyond this many bytes of segments
 * @param minFreeBytes appends are refused when they would leave the disk less free than this
 * @param decoderRevision written into each segment: a build that decodes differently has another
 */
public record JournalOptions(long diskBudgetBytes, long minFreeBytes, int decoderRevision) {}
