package io.lodge.ship;

/**
 * One line, or one part of a line that is longer than a record may be.
 *
 * @param bytes a buffer that holds it; not to be changed or kept
 * @param from where it starts
 * @param length without the line break
 * @param part 0 for a whole line, else 1, 2, … in order
 * @param last false where more parts follow
 */
record Line(byte[] bytes, int from, int length, int part, boolean last) {}
