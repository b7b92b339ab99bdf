/**
 * HTTP for people and programs that ask: health, readiness, metrics, SQL, the UI's files. It runs
 * no SQL of its own and holds no result: rows pass through as ClickHouse sends them.
 *
 * <p>A browser must not become somebody else's way in ({@link io.lodge.api.WebGuard}): the address
 * is on loopback and needs no key by default.
 */
@NullMarked
package io.lodge.api;

import org.jspecify.annotations.NullMarked;
