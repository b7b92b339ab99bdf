/** JMH benchmarks and the load driver; never shipped. */
@NullMarked
package io.lodge.bench;

import org.jspecify.annotations.NullMarked;
