/**
 * Rows of a table counted: by time, by the values of fields, by the pattern of their text; and what
 * fields there are.
 */
@NullMarked
package io.lodge.query.counts;

import org.jspecify.annotations.NullMarked;
