/**
 * What the bodies of several protocols are written in: protobuf's wire format, JSON and UTF-8, and
 * the slices found there on their way into columns. It knows no protocol and no table.
 */
@NullMarked
package io.lodge.decode.wire;

import org.jspecify.annotations.NullMarked;
