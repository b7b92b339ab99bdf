/**
 * Product-analytics events → {@code analytics.events}, as HIP-47's producers insert them and as
 * SDKs capture them. What models were asked and answered is taken out and counted, ids are hashed
 * if the rules say so, and each row gets its team's time of expiry.
 */
@NullMarked
package io.lodge.decode.analytics;

import org.jspecify.annotations.NullMarked;
