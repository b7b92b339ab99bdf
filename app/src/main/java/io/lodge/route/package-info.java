/**
 * The rules that decide, beside the bytes, which rows a body becomes: values that a segment names
 * by their hash, so that it is decoded under the rules it was accepted under. Reads no clock: the
 * root room builds rules from the configuration, the decoders follow them.
 */
@NullMarked
package io.lodge.route;

import org.jspecify.annotations.NullMarked;
