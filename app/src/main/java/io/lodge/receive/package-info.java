/**
 * Listeners and their protocols' own words: reads a request's body into a buffer within limits and
 * budget, checks its key, hands it to the pipeline as received, and says the outcome as the
 * protocol says it. It never decompresses a body and never decodes a record.
 */
@NullMarked
package io.lodge.receive;

import org.jspecify.annotations.NullMarked;
