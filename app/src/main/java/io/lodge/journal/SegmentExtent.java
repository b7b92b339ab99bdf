package io.lodge.journal;

/**
 * What of a file is the segment.
 *
 * @param name the file; empty if the segment has none
 * @param sizeBytes where the segment ends
 * @param payloads how many are in it
 * @param kinds a bit for each kind of them, by id
 * @param hasFooter whether it ends with a footer
 */
record SegmentExtent(String name, long sizeBytes, long payloads, long kinds, boolean hasFooter) {}
