/** Live market data, orders and balances over WebSockets. */
@NullMarked
package io.outcry.api.ws;

import org.jspecify.annotations.NullMarked;
