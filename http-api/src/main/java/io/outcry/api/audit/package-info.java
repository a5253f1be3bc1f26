/** Who did what. */
@NullMarked
package io.outcry.api.audit;

import org.jspecify.annotations.NullMarked;
