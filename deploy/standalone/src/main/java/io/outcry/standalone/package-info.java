/** The command that runs a whole venue on one machine, and the same as a library. */
@NullMarked
package io.outcry.standalone;

import org.jspecify.annotations.NullMarked;
