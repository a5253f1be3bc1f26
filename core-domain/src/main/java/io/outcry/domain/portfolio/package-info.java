/**
 * What positions cost and what they have earned, by the average-cost method, in whole cash units.
 */
@NullMarked
package io.outcry.domain.portfolio;

import org.jspecify.annotations.NullMarked;
