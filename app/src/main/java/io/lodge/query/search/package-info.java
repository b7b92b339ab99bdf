/**
 * The search language: {@code level:error service:checkout "connection refused" -pod:canary*}.
 * Parsed into a tree, compiled into a condition. docs/search.md is for those who type it.
 */
@NullMarked
package io.lodge.query.search;

import org.jspecify.annotations.NullMarked;
