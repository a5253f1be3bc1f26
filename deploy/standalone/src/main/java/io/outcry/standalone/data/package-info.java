/** The venue's data directory: what is kept in it, and where. */
@NullMarked
package io.outcry.standalone.data;

import org.jspecify.annotations.NullMarked;
