/**
 * What ClickHouse has: tables with their sizes and retention, and the names that SQL may use. Reads
 * system tables only, as the user that reads, and shows what that user may see.
 */
@NullMarked
package io.lodge.query.catalog;

import org.jspecify.annotations.NullMarked;
