/** Exact decimal arithmetic on scaled 64-bit integers. */
@NullMarked
package io.outcry.domain.money;

import org.jspecify.annotations.NullMarked;
