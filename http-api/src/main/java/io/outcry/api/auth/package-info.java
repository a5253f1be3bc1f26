/** Who may sign in, and how a request shows who sent it. */
@NullMarked
package io.outcry.api.auth;

import org.jspecify.annotations.NullMarked;
