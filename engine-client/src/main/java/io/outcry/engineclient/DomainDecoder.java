package io.outcry.engineclient;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.engine.v1.PlaceOrder;
import org.jspecify.annotations.Nullable;

/** Reads the wire's values as the domain's. Stateless. */
final class DomainDecoder {
    private DomainDecoder() {}

    static OrderTerms terms(PlaceOrder order) {
        return new OrderTerms(
                new AccountId(order.getAccountId()),
                new Symbol(order.getSymbol()),
                WireEnums.decode(order.getSide()),
                WireEnums.decode(order.getType()),
                WireEnums.decode(order.getTimeInForce()),
                order.getQuantity(),
                order.getPrice(),
                order.getStopPrice(),
                order.getTrailAmount(),
                order.getDisplayQuantity(),
                order.getExpiresAt(),
                order.getPostOnly(),
                WireEnums.decode(order.getSelfTradePrevention()),
                clientOrderId(order.getClientOrderId()));
    }

    static Order order(io.outcry.engine.v1.Order order, long sequence) {
        return new Order(
                new OrderId(order.getOrderId()),
                new OrderTerms(
                        new AccountId(order.getAccountId()),
                        new Symbol(order.getSymbol()),
                        WireEnums.decode(order.getSide()),
                        WireEnums.decode(order.getType()),
                        WireEnums.decode(order.getTimeInForce()),
                        order.getQuantity(),
                        order.getPrice(),
                        order.getStopPrice(),
                        order.getTrailAmount(),
                        order.getDisplayQuantity(),
                        order.getExpiresAt(),
                        order.getPostOnly(),
                        WireEnums.decode(order.getSelfTradePrevention()),
                        clientOrderId(order.getClientOrderId())),
                WireEnums.decode(order.getStatus()),
                cancelReason(order.getCancelReason()),
                order.getFilledQuantity(),
                order.getFilledNotional(),
                order.getFees(),
                order.getCreatedAt(),
                order.getUpdatedAt(),
                sequence);
    }

    static Fill fill(io.outcry.engine.v1.Fill fill, OrderId orderId) {
        return new Fill(
                fill.getTradeId(),
                orderId,
                fill.getPrice(),
                fill.getQuantity(),
                fill.getNotional(),
                fill.getFee(),
                WireEnums.decode(fill.getLiquidity()),
                fill.getSequence(),
                fill.getTime());
    }

    static Account account(io.outcry.engine.v1.Account account) {
        return new Account(
                new AccountId(account.getAccountId()),
                account.getSuspended(),
                account.getShortLimit(),
                account.getCashList().stream().map(DomainDecoder::cash).toList(),
                account.getPositionsList().stream().map(DomainDecoder::position).toList());
    }

    static Instrument instrument(io.outcry.engine.v1.Instrument instrument) {
        return new Instrument(
                new Symbol(instrument.getSymbol()),
                new Currency(instrument.getCurrency()),
                new Scale(instrument.getPriceScale()),
                new Scale(instrument.getQuantityScale()),
                new Scale(instrument.getCashScale()),
                instrument.getTick(),
                instrument.getLot(),
                instrument.getMaxQuantity(),
                instrument.getMaxNotional(),
                instrument.getReferencePrice(),
                instrument.getBandPpm(),
                instrument.getMakerFeePpm(),
                instrument.getTakerFeePpm(),
                WireEnums.decode(instrument.getStatus()),
                instrument.getLastPrice());
    }

    private static CashBalance cash(io.outcry.engine.v1.CashBalance cash) {
        return new CashBalance(
                new Currency(cash.getCurrency()),
                cash.getCash(),
                cash.getHeld(),
                cash.getCreditLimit());
    }

    private static PositionBalance position(io.outcry.engine.v1.Position position) {
        return new PositionBalance(
                new Symbol(position.getSymbol()), position.getQuantity(), position.getHeld());
    }

    private static @Nullable ClientOrderId clientOrderId(String value) {
        return value.isEmpty() ? null : new ClientOrderId(value);
    }

    private static @Nullable CancelReason cancelReason(io.outcry.engine.v1.CancelReason reason) {
        return reason == io.outcry.engine.v1.CancelReason.CANCEL_REASON_UNSPECIFIED
                ? null
                : WireEnums.decode(reason);
    }
}
