/** Ports to the projection of the event feed and to the users. */
@NullMarked
package io.outcry.domain.store;

import org.jspecify.annotations.NullMarked;
