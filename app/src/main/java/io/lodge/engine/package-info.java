/**
 * Hosts and supervises the embedded ClickHouse: fetches the library, writes its configuration, runs
 * it in a child process and starts it again when it dies. Everything else reaches ClickHouse over
 * HTTP and does not know whether this room had a hand in it.
 */
@NullMarked
package io.lodge.engine;

import org.jspecify.annotations.NullMarked;
