/**
 * Questions over HTTP: parameters → one of the room {@code query} → JSON, whole or line by line. A
 * class for each question; the frame around them ({@link io.lodge.api.ask.Asker}) has the limits,
 * the errors and the end when nobody waits any more.
 */
@NullMarked
package io.lodge.api.ask;

import org.jspecify.annotations.NullMarked;
