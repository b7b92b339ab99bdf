/**
 * Blocks → ClickHouse until accepted: tokens, retries, back-off, and whether ClickHouse takes
 * blocks at the moment, and which it has. It never looks into a block and never gives one up on its
 * own.
 */
@NullMarked
package io.lodge.deliver;

import org.jspecify.annotations.NullMarked;
