/**
 * Wide events: records of any fields → {@code otel.wide_events}. Of the fields it knows the time
 * and the service; all others are labels, and those that are numbers are numbers too.
 */
@NullMarked
package io.lodge.decode.events;

import org.jspecify.annotations.NullMarked;
