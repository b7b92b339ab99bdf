/**
 * Logs and spans of any protocol on their way to rows: their fields as slices of the body, what
 * routing rules see of them and do to them, and the lanes they are appended to. Knows no wire
 * format: a decoder finds the fields and hands them over here, record by record.
 */
@NullMarked
package io.lodge.decode.rows;

import org.jspecify.annotations.NullMarked;
