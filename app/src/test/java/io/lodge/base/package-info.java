@NullMarked
package io.lodge.base;

import org.jspecify.annotations.NullMarked;
