/** An account's balances, positions, profit and loss, and deposits. */
@NullMarked
package io.outcry.api.accounts;

import org.jspecify.annotations.NullMarked;
