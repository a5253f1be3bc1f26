/** Makes the scaling report of the load runs that were kept. */
@NullMarked
package io.outcry.report;

import org.jspecify.annotations.NullMarked;
