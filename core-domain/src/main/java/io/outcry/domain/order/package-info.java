/** Orders, their terms, their life and their fills. */
@NullMarked
package io.outcry.domain.order;

import org.jspecify.annotations.NullMarked;
