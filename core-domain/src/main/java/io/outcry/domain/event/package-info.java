/** What the engine says has happened, in its order. */
@NullMarked
package io.outcry.domain.event;

import org.jspecify.annotations.NullMarked;
