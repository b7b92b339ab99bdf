@NullMarked
package io.lodge.query.rows;

import org.jspecify.annotations.NullMarked;
