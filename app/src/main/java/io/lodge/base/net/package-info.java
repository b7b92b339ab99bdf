/**
 * Addresses a process listens on: TLS files, keys presented, a port in use, a graceful end. It
 * frames HTTP/1 and HTTP/2 (by Armeria) and knows no protocol on top of them.
 */
@NullMarked
package io.lodge.base.net;

import org.jspecify.annotations.NullMarked;
