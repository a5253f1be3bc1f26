/** What the tests of several modules need. */
@NullMarked
package io.outcry.testing;

import org.jspecify.annotations.NullMarked;
