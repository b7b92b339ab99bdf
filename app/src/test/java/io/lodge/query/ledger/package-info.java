@NullMarked
package io.lodge.query.ledger;

import org.jspecify.annotations.NullMarked;
