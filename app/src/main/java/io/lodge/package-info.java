/**
 * The command line, and {@code Lodge}, which builds all parts by hand. What they do is in the rooms
 * below; here they are only named, configured and started.
 */
@NullMarked
package io.lodge;

import org.jspecify.annotations.NullMarked;
