/**
 * JSON from the wire's bytes: a walker that finds values as slices of the body and makes no object
 * for them, and the ways in which protocols lay records into a body. What the records mean is for
 * the rooms of the protocols.
 */
@NullMarked
package io.lodge.decode.json;

import org.jspecify.annotations.NullMarked;
