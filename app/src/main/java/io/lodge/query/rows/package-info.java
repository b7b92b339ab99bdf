/**
 * Rows of a table that match a search: which tables there are, their rows page by page, newest or
 * oldest first, each once.
 */
@NullMarked
package io.lodge.query.rows;

import org.jspecify.annotations.NullMarked;
