@NullMarked
package io.lodge.query.catalog;

import org.jspecify.annotations.NullMarked;
