/** Market data rebuilt from events, and the port to its cache. */
@NullMarked
package io.outcry.domain.market;

import org.jspecify.annotations.NullMarked;
