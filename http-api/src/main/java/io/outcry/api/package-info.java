/** The server that everything is wired into. */
@NullMarked
package io.outcry.api;

import org.jspecify.annotations.NullMarked;
