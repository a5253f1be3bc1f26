/** Market data in Redis, shared by all replicas: published by one, read by any. */
@NullMarked
package io.outcry.cache;

import org.jspecify.annotations.NullMarked;
