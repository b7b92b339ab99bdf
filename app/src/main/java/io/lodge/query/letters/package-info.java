/** Dead letters, as they are found and counted. It changes nothing. */
@NullMarked
package io.lodge.query.letters;

import org.jspecify.annotations.NullMarked;
