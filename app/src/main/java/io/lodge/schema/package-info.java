/**
 * Lodge's tables: their DDL as SQL files among the resources, the plan of what a server still
 * lacks, and its application.
 *
 * <p>It only ever adds and alters: no table, column or row is dropped here, and what it does not
 * know (an operator's own columns and indexes) it leaves alone. It never touches data and knows
 * nothing of gateways; it can run at any time, also while they insert.
 */
@NullMarked
package io.lodge.schema;

import org.jspecify.annotations.NullMarked;
