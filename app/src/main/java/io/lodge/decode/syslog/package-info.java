/**
 * Syslog, RFC 5424 and RFC 3164 → rows of logs. A message is never refused for what it says:
 * senders do not read answers, so what cannot be parsed is stored whole, with the reason beside it.
 * It knows nothing of sockets.
 */
@NullMarked
package io.lodge.decode.syslog;

import org.jspecify.annotations.NullMarked;
