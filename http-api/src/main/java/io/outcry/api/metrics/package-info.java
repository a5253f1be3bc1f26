/** How long the stages of a request take. */
@NullMarked
package io.outcry.api.metrics;

import org.jspecify.annotations.NullMarked;
