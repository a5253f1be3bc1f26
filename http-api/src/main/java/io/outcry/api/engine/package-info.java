/** How requests use the engine: answers awaited, instruments at hand, reads that show writes. */
@NullMarked
package io.outcry.api.engine;

import org.jspecify.annotations.NullMarked;
