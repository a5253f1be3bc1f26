/** Each component of a venue: how to start it, and how to know that it serves. */
@NullMarked
package io.outcry.standalone.server;

import org.jspecify.annotations.NullMarked;
