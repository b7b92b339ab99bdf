/**
 * One lane per landing table: the table's columns, in order, as builders that decoders append rows
 * to. The place to look for what the gateway writes into a table; the table itself is in {@code
 * schema}.
 */
@NullMarked
package io.lodge.lane;

import org.jspecify.annotations.NullMarked;
