/** What those may do who run the venue. */
@NullMarked
package io.outcry.api.admin;

import org.jspecify.annotations.NullMarked;
