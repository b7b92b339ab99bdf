@NullMarked
package io.lodge.api.ask;

import org.jspecify.annotations.NullMarked;
