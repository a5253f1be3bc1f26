package io.outcry.engineclient;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.Done;
import io.outcry.engine.v1.Order;
import io.outcry.engine.v1.OrderResult;
import io.outcry.engine.v1.OrderStatus;
import io.outcry.engine.v1.PlaceOrder;
import io.outcry.engine.v1.RejectCode;
import io.outcry.engine.v1.Rejection;
import io.outcry.engine.v1.Result;
import java.util.Optional;

/** What a fake engine may say, and the order that tests place. */
final class Answers {
    static final AccountId ALICE = new AccountId(7);
    static final OrderTerms ORDER =
            new OrderTerms(
                    ALICE,
                    new Symbol("AAPL"),
                    Side.BUY,
                    OrderType.LIMIT,
                    TimeInForce.GTC,
                    100,
                    15_000,
                    0,
                    0,
                    0,
                    0,
                    false,
                    SelfTradePrevention.CANCEL_NEWEST,
                    null);

    private Answers() {}

    /** Placed orders rest, canceled ones end, everything else is done. */
    static Optional<Result> done(Command command) {
        return Optional.of(
                switch (command.getBodyCase()) {
                    case PLACE_ORDER -> order(command, placed(command));
                    case CANCEL_ORDER -> order(command, canceled(command));
                    default -> to(command).setDone(Done.getDefaultInstance()).build();
                });
    }

    static Optional<Result> none(Command command) {
        return Optional.empty();
    }

    static Optional<Result> rejected(Command command, RejectCode code, String message) {
        return Optional.of(
                to(command)
                        .setRejection(Rejection.newBuilder().setCode(code).setMessage(message))
                        .build());
    }

    static Result.Builder to(Command command) {
        return Result.newBuilder().setRequestId(command.getRequestId()).setSequence(41);
    }

    private static Result order(Command command, Order order) {
        return to(command).setOrder(OrderResult.newBuilder().setOrder(order)).build();
    }

    private static Order placed(Command command) {
        PlaceOrder terms = command.getPlaceOrder();
        return Order.newBuilder()
                .setOrderId(command.getRequestId())
                .setAccountId(terms.getAccountId())
                .setSymbol(terms.getSymbol())
                .setSide(terms.getSide())
                .setType(terms.getType())
                .setTimeInForce(terms.getTimeInForce())
                .setQuantity(terms.getQuantity())
                .setPrice(terms.getPrice())
                .setClientOrderId(terms.getClientOrderId())
                .setStatus(OrderStatus.NEW)
                .build();
    }

    private static Order canceled(Command command) {
        return Order.newBuilder()
                .setOrderId(command.getCancelOrder().getOrderId())
                .setAccountId(command.getCancelOrder().getAccountId())
                .setSymbol("AAPL")
                .setSide(io.outcry.engine.v1.Side.BUY)
                .setType(io.outcry.engine.v1.OrderType.LIMIT)
                .setQuantity(100)
                .setPrice(15_000)
                .setStatus(OrderStatus.CANCELED)
                .setCancelReason(io.outcry.engine.v1.CancelReason.CANCELED_BY_USER)
                .build();
    }
}
