/**
 * Statements and how they run: values apart from the SQL, limits on each question, rows as
 * ClickHouse writes them, and what they cost. As the user that only reads.
 */
@NullMarked
package io.lodge.query.run;

import org.jspecify.annotations.NullMarked;
