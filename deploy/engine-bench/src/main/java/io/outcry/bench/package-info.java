/** Compares the engine's order book with exchange-core's on the common flow, in one run. */
@NullMarked
package io.outcry.bench;

import org.jspecify.annotations.NullMarked;
