@NullMarked
package io.lodge.deliver;

import org.jspecify.annotations.NullMarked;
