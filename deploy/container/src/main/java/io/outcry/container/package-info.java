/** What a container does besides its program. */
@NullMarked
package io.outcry.container;

import org.jspecify.annotations.NullMarked;
