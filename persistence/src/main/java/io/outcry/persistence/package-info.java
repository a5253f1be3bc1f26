/** The stores and the projection of {@code io.outcry.domain.store} in PostgreSQL. */
@NullMarked
package io.outcry.persistence;

import org.jspecify.annotations.NullMarked;
