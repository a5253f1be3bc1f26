/** A client of a venue's WebSocket, in plain Java. */
@NullMarked
package io.outcry.stream;

import org.jspecify.annotations.NullMarked;
