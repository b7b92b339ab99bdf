/**
 * The words every room shares: payload, outcome, content encoding. Values only; it does nothing.
 */
@NullMarked
package io.lodge.model;

import org.jspecify.annotations.NullMarked;
