/** Who may go on: rate limits and revoked tokens, shared by all replicas. */
@NullMarked
package io.outcry.domain.access;

import org.jspecify.annotations.NullMarked;
