/**
 * Lodge's client for ClickHouse over its HTTP interface: insert one block under a token, stream a
 * query's answer, turn an error code into what to do next.
 *
 * <p>It blocks, so call it from virtual threads. It never retries an insert on its own beyond one
 * resend over a connection that was already dead, never looks into a block, never builds SQL and
 * never logs: it answers with values and exceptions, and who decides also logs.
 */
@NullMarked
package io.lodge.clickhouse;

import org.jspecify.annotations.NullMarked;
