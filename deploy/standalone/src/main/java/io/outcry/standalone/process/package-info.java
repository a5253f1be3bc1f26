/** Starting, watching and ending processes; knows nothing of what they are. */
@NullMarked
package io.outcry.standalone.process;

import org.jspecify.annotations.NullMarked;
