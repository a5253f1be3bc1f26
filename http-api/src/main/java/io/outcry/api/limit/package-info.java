/** How much a caller may ask for. */
@NullMarked
package io.outcry.api.limit;

import org.jspecify.annotations.NullMarked;
