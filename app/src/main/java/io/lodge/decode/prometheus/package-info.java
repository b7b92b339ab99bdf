/**
 * Prometheus remote write, both versions → rows: samples, native histograms and exemplars, each
 * with the id of its series; series and metadata beside them. Pure, as all decoders.
 */
@NullMarked
package io.lodge.decode.prometheus;

import org.jspecify.annotations.NullMarked;
