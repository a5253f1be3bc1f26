/** What goes wrong with a request, and how it is told. */
@NullMarked
package io.outcry.api.problem;

import org.jspecify.annotations.NullMarked;
