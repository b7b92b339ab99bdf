/**
 * Bytes as received → rows in lanes, one room below this for each protocol. Pure: the same bytes
 * give the same rows, today and when a segment is decoded again after a restart. It does no input
 * or output and keeps nothing between payloads but scratch memory.
 */
@NullMarked
package io.lodge.decode;

import org.jspecify.annotations.NullMarked;
