/** Strict reading of request bodies and writing of answers, as streams. */
@NullMarked
package io.outcry.api.json;

import org.jspecify.annotations.NullMarked;
