/** Times as people write them → ranges of nanoseconds → the windows a search goes through. */
@NullMarked
package io.lodge.query.time;

import org.jspecify.annotations.NullMarked;
