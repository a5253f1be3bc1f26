/** Placing, finding and canceling orders; fills. */
@NullMarked
package io.outcry.api.orders;

import org.jspecify.annotations.NullMarked;
