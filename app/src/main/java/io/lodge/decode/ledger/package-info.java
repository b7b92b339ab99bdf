/**
 * What a gateway has told its clients → rows of the delivery ledger. The one kind of body that
 * Lodge itself writes: it goes through the journal like any other, so that it is as durable.
 */
@NullMarked
package io.lodge.decode.ledger;

import org.jspecify.annotations.NullMarked;
