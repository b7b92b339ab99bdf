@NullMarked
package io.lodge.api;

import org.jspecify.annotations.NullMarked;
