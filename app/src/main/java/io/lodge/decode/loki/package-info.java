/**
 * Loki's push requests → log rows: the lines of streams, with the streams' labels as resource
 * attributes and structured metadata as log attributes. The service's name and the level are found
 * as Loki finds them. Pure, as all decoders.
 */
@NullMarked
package io.lodge.decode.loki;

import org.jspecify.annotations.NullMarked;
