package io.outcry.domain.order;

/**
 * One trade, as one of its two orders sees it.
 *
 * @param tradeId the engine's, ascending
 * @param notional in cash units
 * @param fee in cash units; below 0: a rebate
 * @param sequence of the trade's event
 * @param timeNanos UTC nanoseconds since the epoch
 */
public record Fill(
        long tradeId,
        OrderId orderId,
        long price,
        long quantity,
        long notional,
        long fee,
        Liquidity liquidity,
        long sequence,
        long timeNanos) {}
