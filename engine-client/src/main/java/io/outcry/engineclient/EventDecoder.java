package io.outcry.engineclient;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;

/** Reads the wire's events as the domain's. Stateless. */
final class EventDecoder {
    private EventDecoder() {}

    /**
     * @throws UnreadableMessageException when it is of a kind, or holds a value, that has no
     *     meaning here: to leave it out would be a gap
     */
    static Event decode(io.outcry.engine.v1.Event event) {
        try {
            return body(event, event.getSequence(), event.getTime());
        } catch (RuntimeException e) {
            throw new UnreadableMessageException(
                    "event " + event.getSequence() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Event body(io.outcry.engine.v1.Event event, long sequence, long time) {
        return switch (event.getBodyCase()) {
            case ORDER_ACCEPTED -> orderAccepted(event.getOrderAccepted(), sequence, time);
            case ORDER_REJECTED -> orderRejected(event.getOrderRejected(), sequence, time);
            case TRADED -> traded(event.getTraded(), sequence, time);
            case ORDER_REPLACED -> orderReplaced(event.getOrderReplaced(), sequence, time);
            case REPLACE_REJECTED -> replaceRejected(event.getReplaceRejected(), sequence, time);
            case CANCEL_REJECTED -> cancelRejected(event.getCancelRejected(), sequence, time);
            case ORDER_TRIGGERED -> orderTriggered(event.getOrderTriggered(), sequence, time);
            case ORDER_CANCELED -> orderCanceled(event.getOrderCanceled(), sequence, time);
            case ORDER_EXPIRED -> orderExpired(event.getOrderExpired(), sequence, time);
            case ACCOUNT_OPENED -> accountOpened(event.getAccountOpened(), sequence, time);
            case CASH_ADJUSTED -> cashAdjusted(event.getCashAdjusted(), sequence, time);
            case POSITION_ADJUSTED -> positionAdjusted(event.getPositionAdjusted(), sequence, time);
            case LIMITS_SET -> limitsSet(event.getLimitsSet(), sequence, time);
            case ACCOUNT_SUSPENDED -> accountSuspended(event.getAccountSuspended(), sequence, time);
            case ACCOUNT_RESUMED -> accountResumed(event.getAccountResumed(), sequence, time);
            case INSTRUMENT_DEFINED ->
                    instrumentDefined(event.getInstrumentDefined(), sequence, time);
            case INSTRUMENT_STATUS_CHANGED ->
                    instrumentStatusChanged(event.getInstrumentStatusChanged(), sequence, time);
            case SESSION_CLOSED -> new Event.SessionClosed(sequence, time);
            case BODY_NOT_SET -> throw new UnreadableMessageException("its kind is unknown");
        };
    }

    private static Event orderAccepted(
            io.outcry.engine.v1.OrderAccepted event, long sequence, long time) {
        return new Event.OrderAccepted(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                DomainDecoder.terms(event.getTerms()));
    }

    private static Event orderRejected(
            io.outcry.engine.v1.OrderRejected event, long sequence, long time) {
        return new Event.OrderRejected(
                sequence,
                time,
                DomainDecoder.terms(event.getTerms()),
                WireEnums.decode(event.getCode()));
    }

    private static Event traded(io.outcry.engine.v1.Traded event, long sequence, long time) {
        return new Event.Traded(
                sequence,
                time,
                event.getTradeId(),
                new Symbol(event.getSymbol()),
                new Currency(event.getCurrency()),
                event.getPrice(),
                event.getQuantity(),
                event.getNotional(),
                WireEnums.decode(event.getTakerSide()),
                new OrderId(event.getMakerOrderId()),
                new OrderId(event.getTakerOrderId()),
                new AccountId(event.getMakerAccountId()),
                new AccountId(event.getTakerAccountId()),
                event.getMakerFee(),
                event.getTakerFee(),
                event.getMakerRemaining(),
                event.getTakerRemaining());
    }

    private static Event orderReplaced(
            io.outcry.engine.v1.OrderReplaced event, long sequence, long time) {
        return new Event.OrderReplaced(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                new Symbol(event.getSymbol()),
                event.getPrice(),
                event.getQuantity(),
                event.getStopPrice(),
                event.getTrailAmount(),
                event.getKeptPriority());
    }

    private static Event replaceRejected(
            io.outcry.engine.v1.ReplaceRejected event, long sequence, long time) {
        return new Event.ReplaceRejected(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                WireEnums.decode(event.getCode()));
    }

    private static Event cancelRejected(
            io.outcry.engine.v1.CancelRejected event, long sequence, long time) {
        return new Event.CancelRejected(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                WireEnums.decode(event.getCode()));
    }

    private static Event orderTriggered(
            io.outcry.engine.v1.OrderTriggered event, long sequence, long time) {
        return new Event.OrderTriggered(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                new Symbol(event.getSymbol()),
                event.getStopPrice());
    }

    private static Event orderCanceled(
            io.outcry.engine.v1.OrderCanceled event, long sequence, long time) {
        return new Event.OrderCanceled(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                new Symbol(event.getSymbol()),
                WireEnums.decode(event.getReason()),
                event.getCanceledQuantity(),
                event.getRemaining());
    }

    private static Event orderExpired(
            io.outcry.engine.v1.OrderExpired event, long sequence, long time) {
        return new Event.OrderExpired(
                sequence,
                time,
                new OrderId(event.getOrderId()),
                new AccountId(event.getAccountId()),
                new Symbol(event.getSymbol()),
                event.getCanceledQuantity());
    }

    private static Event accountOpened(
            io.outcry.engine.v1.AccountOpened event, long sequence, long time) {
        return new Event.AccountOpened(
                sequence, time, new AccountId(event.getAccountId()), event.getShortLimit());
    }

    private static Event cashAdjusted(
            io.outcry.engine.v1.CashAdjusted event, long sequence, long time) {
        return new Event.CashAdjusted(
                sequence,
                time,
                new AccountId(event.getAccountId()),
                new Currency(event.getCurrency()),
                event.getAmount(),
                event.getReference());
    }

    private static Event positionAdjusted(
            io.outcry.engine.v1.PositionAdjusted event, long sequence, long time) {
        return new Event.PositionAdjusted(
                sequence,
                time,
                new AccountId(event.getAccountId()),
                new Symbol(event.getSymbol()),
                event.getQuantity(),
                event.getReference());
    }

    private static Event limitsSet(io.outcry.engine.v1.LimitsSet event, long sequence, long time) {
        return new Event.LimitsSet(
                sequence,
                time,
                new AccountId(event.getAccountId()),
                new Currency(event.getCurrency()),
                event.getCreditLimit(),
                event.getShortLimit());
    }

    private static Event accountSuspended(
            io.outcry.engine.v1.AccountSuspended event, long sequence, long time) {
        return new Event.AccountSuspended(sequence, time, new AccountId(event.getAccountId()));
    }

    private static Event accountResumed(
            io.outcry.engine.v1.AccountResumed event, long sequence, long time) {
        return new Event.AccountResumed(sequence, time, new AccountId(event.getAccountId()));
    }

    private static Event instrumentDefined(
            io.outcry.engine.v1.InstrumentDefined event, long sequence, long time) {
        return new Event.InstrumentDefined(
                sequence, time, DomainDecoder.instrument(event.getInstrument()));
    }

    private static Event instrumentStatusChanged(
            io.outcry.engine.v1.InstrumentStatusChanged event, long sequence, long time) {
        return new Event.InstrumentStatusChanged(
                sequence, time, new Symbol(event.getSymbol()), WireEnums.decode(event.getStatus()));
    }
}
