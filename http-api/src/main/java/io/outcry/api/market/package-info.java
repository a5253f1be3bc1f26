/** Instruments and market data, for anyone. */
@NullMarked
package io.outcry.api.market;

import org.jspecify.annotations.NullMarked;
