package io.outcry.domain.event;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.Side;

/**
 * One thing that has happened, durable. Sequences go up in steps of 1 from 1, without a gap, for
 * ever; times are the engine's, UTC nanoseconds since the epoch, never going back.
 */
public sealed interface Event {
    /** Its place among all events, from 1. */
    long sequence();

    /** When it happened, UTC nanoseconds since the epoch; events of one command share it. */
    long timeNanos();

    /** A stop order is accepted pending its trigger, every other as new. */
    record OrderAccepted(long sequence, long timeNanos, OrderId orderId, OrderTerms terms)
            implements Event {}

    /** The order never was: nothing was changed. */
    record OrderRejected(long sequence, long timeNanos, OrderTerms terms, RejectCode code)
            implements Event {}

    /**
     * Two orders traded, at the price of the one that rested.
     *
     * @param notional in cash units of the currency
     * @param makerFee paid by the maker to the house; below 0: a rebate
     * @param makerRemaining quantity of the maker's order left after this trade
     */
    record Traded(
            long sequence,
            long timeNanos,
            long tradeId,
            Symbol symbol,
            Currency currency,
            long price,
            long quantity,
            long notional,
            Side takerSide,
            OrderId makerOrderId,
            OrderId takerOrderId,
            AccountId makerAccountId,
            AccountId takerAccountId,
            long makerFee,
            long takerFee,
            long makerRemaining,
            long takerRemaining)
            implements Event {}

    /** The order's terms from now on. */
    record OrderReplaced(
            long sequence,
            long timeNanos,
            OrderId orderId,
            AccountId accountId,
            Symbol symbol,
            long price,
            long quantity,
            long stopPrice,
            long trailAmount,
            boolean keptPriority)
            implements Event {}

    /** The order stays as it was. */
    record ReplaceRejected(
            long sequence, long timeNanos, OrderId orderId, AccountId accountId, RejectCode code)
            implements Event {}

    /** There was no such open order. */
    record CancelRejected(
            long sequence, long timeNanos, OrderId orderId, AccountId accountId, RejectCode code)
            implements Event {}

    /**
     * A stop order has become active.
     *
     * @param stopPrice as it stood when it triggered
     */
    record OrderTriggered(
            long sequence,
            long timeNanos,
            OrderId orderId,
            AccountId accountId,
            Symbol symbol,
            long stopPrice)
            implements Event {}

    /**
     * What was left of an order, or a part of it, was canceled.
     *
     * @param remaining above 0 only when self-trade prevention reduced the order without ending it
     */
    record OrderCanceled(
            long sequence,
            long timeNanos,
            OrderId orderId,
            AccountId accountId,
            Symbol symbol,
            CancelReason reason,
            long canceledQuantity,
            long remaining)
            implements Event {}

    /** What was left of the order ended by its time in force. */
    record OrderExpired(
            long sequence,
            long timeNanos,
            OrderId orderId,
            AccountId accountId,
            Symbol symbol,
            long canceledQuantity)
            implements Event {}

    /**
     * The account exists from now on; an opening deposit is a {@link CashAdjusted} of its own.
     *
     * @param shortLimit how far below 0 each position may go, in quantity units
     */
    record AccountOpened(long sequence, long timeNanos, AccountId accountId, long shortLimit)
            implements Event {}

    /**
     * Cash was put into the account or taken out.
     *
     * @param amount above 0: a deposit, below 0: a withdrawal
     */
    record CashAdjusted(
            long sequence,
            long timeNanos,
            AccountId accountId,
            Currency currency,
            long amount,
            String reference)
            implements Event {}

    /**
     * A quantity of the instrument itself was put into the account or taken out.
     *
     * @param quantity above 0: a deposit, below 0: a withdrawal
     */
    record PositionAdjusted(
            long sequence,
            long timeNanos,
            AccountId accountId,
            Symbol symbol,
            long quantity,
            String reference)
            implements Event {}

    /** The account's limits from now on. */
    record LimitsSet(
            long sequence,
            long timeNanos,
            AccountId accountId,
            Currency currency,
            long creditLimit,
            long shortLimit)
            implements Event {}

    record AccountSuspended(long sequence, long timeNanos, AccountId accountId) implements Event {}

    record AccountResumed(long sequence, long timeNanos, AccountId accountId) implements Event {}

    /** The instrument's terms from now on. */
    record InstrumentDefined(long sequence, long timeNanos, Instrument instrument)
            implements Event {}

    record InstrumentStatusChanged(
            long sequence, long timeNanos, Symbol symbol, InstrumentStatus status)
            implements Event {}

    /** The trading day has ended: DAY orders expire. */
    record SessionClosed(long sequence, long timeNanos) implements Event {}
}
