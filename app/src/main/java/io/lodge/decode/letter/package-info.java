/**
 * Dead letters, the other way round: what one holds → a request with that record alone, and a text
 * that people read. Pure, like all decoding; it neither finds letters nor sends them.
 */
@NullMarked
package io.lodge.decode.letter;

import org.jspecify.annotations.NullMarked;
