@NullMarked
package io.lodge.receive;

import org.jspecify.annotations.NullMarked;
