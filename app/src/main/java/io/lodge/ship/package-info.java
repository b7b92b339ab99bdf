/**
 * A client to Lodge: lines of files or standard input become OTLP logs over HTTP, sent until they
 * are acknowledged. It talks to any OTLP receiver and knows nothing of the gateway's inside.
 */
@NullMarked
package io.lodge.ship;

import org.jspecify.annotations.NullMarked;
