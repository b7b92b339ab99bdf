/**
 * Questions in the languages people know → SQL for ClickHouse → rows. Knows what each table offers
 * to be quick; never builds SQL out of what a person typed: every value is a parameter.
 */
@NullMarked
package io.lodge.query;

import org.jspecify.annotations.NullMarked;
