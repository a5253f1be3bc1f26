package io.outcry.domain.order;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it places an order. Prices and quantities are in the instrument's
 * units; the engine alone decides whether the terms are allowed, so nothing but shape is checked
 * here.
 *
 * @param price worst acceptable price; 0: none
 * @param stopPrice 0: none
 * @param trailAmount 0: none
 * @param displayQuantity of an iceberg; 0: all of it
 * @param expiresAtNanos UTC nanoseconds since the epoch, for GTD; 0: none
 */
public record OrderTerms(
        AccountId accountId,
        Symbol symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long quantity,
        long price,
        long stopPrice,
        long trailAmount,
        long displayQuantity,
        long expiresAtNanos,
        boolean postOnly,
        SelfTradePrevention selfTradePrevention,
        @Nullable ClientOrderId clientOrderId) {}
