/** Shows that the projection is exact whatever is killed, and fast however much it holds. */
@NullMarked
package io.outcry.stores;

import org.jspecify.annotations.NullMarked;
