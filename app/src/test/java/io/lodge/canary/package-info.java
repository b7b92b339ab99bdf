@NullMarked
package io.lodge.canary;

import org.jspecify.annotations.NullMarked;
