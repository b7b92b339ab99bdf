/**
 * The canary: sends numbered log records to gateways as any client would, asks ClickHouse which of
 * them are there, and says what became of each. It knows a gateway by its public endpoint alone and
 * never looks inside; what the gateway of this process has on its way is told to it, so that a
 * record that waits is not called missing. It never stops or slows anything.
 */
@NullMarked
package io.lodge.canary;

import org.jspecify.annotations.NullMarked;
