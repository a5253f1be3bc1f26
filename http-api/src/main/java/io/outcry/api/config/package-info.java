/** What the environment says, parsed once. */
@NullMarked
package io.outcry.api.config;

import org.jspecify.annotations.NullMarked;
