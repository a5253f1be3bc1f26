package io.outcry.engineclient;

import io.outcry.domain.account.Account;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.order.Order;
import io.outcry.engine.v1.OrderResult;
import io.outcry.engine.v1.RejectCode;
import io.outcry.engine.v1.Rejection;
import io.outcry.engine.v1.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what a command that was not rejected has brought. Stateless. */
interface ResultDecoder<T> {
    T decode(Result result);

    static <T> Outcome<T> outcome(Result result, ResultDecoder<T> decoder) {
        return result.hasRejection()
                ? rejected(result.getRejection())
                : new Outcome.Done<>(decoder.decode(result), result.getSequence());
    }

    static PlacedOrder placedOrder(Result result) {
        OrderResult placed = order(result);
        Order order = DomainDecoder.order(placed.getOrder(), result.getSequence());
        return new PlacedOrder(
                order,
                mapped(placed.getFillsList(), fill -> DomainDecoder.fill(fill, order.id())),
                placed.getDuplicate());
    }

    static Order orderAlone(Result result) {
        return DomainDecoder.order(order(result).getOrder(), result.getSequence());
    }

    static List<Order> canceledOrders(Result result) {
        requireCase(result, Result.OutcomeCase.CANCEL_ALL);
        return mapped(
                result.getCancelAll().getOrdersList(),
                order -> DomainDecoder.order(order, result.getSequence()));
    }

    static Account account(Result result) {
        requireCase(result, Result.OutcomeCase.ACCOUNT);
        return DomainDecoder.account(result.getAccount());
    }

    static List<Instrument> instruments(Result result) {
        requireCase(result, Result.OutcomeCase.INSTRUMENTS);
        return mapped(result.getInstruments().getInstrumentsList(), DomainDecoder::instrument);
    }

    /** That the command was done is all there is to know; what else the answer shows is ignored. */
    @SuppressWarnings("NullAway") // Void's only value.
    static Void nothing(Result result) {
        if (result.getOutcomeCase() == Result.OutcomeCase.OUTCOME_NOT_SET) {
            throw new UnreadableMessageException("it has no outcome");
        }
        return null;
    }

    // A loop, not a stream: most lists are empty, and every answer passes here.
    private static <F, T> List<T> mapped(List<F> from, Function<F, T> mapping) {
        List<T> to = new ArrayList<>(from.size());
        for (F one : from) {
            to.add(mapping.apply(one));
        }
        return to;
    }

    private static OrderResult order(Result result) {
        requireCase(result, Result.OutcomeCase.ORDER);
        return result.getOrder();
    }

    private static void requireCase(Result result, Result.OutcomeCase wanted) {
        if (result.getOutcomeCase() != wanted) {
            throw new UnreadableMessageException(
                    "it has " + result.getOutcomeCase() + " where " + wanted + " belongs");
        }
    }

    private static <T> Outcome<T> rejected(Rejection rejection) {
        RejectCode code = rejection.getCode();
        if (code == RejectCode.RESOURCE_EXHAUSTED) {
            return new Outcome.Refused<>(rejection.getMessage(), CommandQueue.OVERLOAD_RETRY);
        }
        if (code == RejectCode.UNAVAILABLE) {
            return new Outcome.Refused<>(rejection.getMessage(), CommandQueue.CONNECTION_RETRY);
        }
        return new Outcome.Rejected<>(WireEnums.decode(code), rejection.getMessage());
    }
}
