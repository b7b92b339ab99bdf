/**
 * Lodge as its users meet it: the real process on a real ClickHouse, with real clients, killed, cut
 * off, overloaded and lied to. It never reaches into a room; what it knows it learned over the
 * wire.
 */
@NullMarked
package io.lodge.e2e;

import org.jspecify.annotations.NullMarked;
