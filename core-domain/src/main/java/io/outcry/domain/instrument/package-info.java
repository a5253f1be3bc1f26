/** Instruments and their terms. */
@NullMarked
package io.outcry.domain.instrument;

import org.jspecify.annotations.NullMarked;
