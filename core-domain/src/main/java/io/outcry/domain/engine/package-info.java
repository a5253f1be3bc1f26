/** The port to the matching engine: commands, outcomes, feed. */
@NullMarked
package io.outcry.domain.engine;

import org.jspecify.annotations.NullMarked;
