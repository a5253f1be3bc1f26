package io.outcry.domain.engine;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.OrderId;

/**
 * New terms of an open order, in the instrument's units; 0: stays as it is.
 *
 * @param quantity in total, what was filled included
 */
public record ReplaceOrder(
        AccountId accountId,
        OrderId orderId,
        long price,
        long quantity,
        long stopPrice,
        long trailAmount) {}
