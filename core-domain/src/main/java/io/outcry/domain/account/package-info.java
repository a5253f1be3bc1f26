/** Accounts: cash, positions, limits. */
@NullMarked
package io.outcry.domain.account;

import org.jspecify.annotations.NullMarked;
