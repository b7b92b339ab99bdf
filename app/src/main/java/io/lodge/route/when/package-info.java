/**
 * The conditions of routing rules: CEL, compiled once, tested on the bytes of a record. Knows no
 * wire format: whoever decodes says where the fields lie.
 *
 * <p>Source: the Common Expression Language's specification, github.com/google/cel-spec.
 */
@NullMarked
package io.lodge.route.when;

import org.jspecify.annotations.NullMarked;
