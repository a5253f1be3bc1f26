package io.outcry.engineclient;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.engine.v1.AdjustCash;
import io.outcry.engine.v1.AdjustPosition;
import io.outcry.engine.v1.CancelAll;
import io.outcry.engine.v1.CancelOrder;
import io.outcry.engine.v1.CloseSession;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.DefineInstrument;
import io.outcry.engine.v1.GetAccount;
import io.outcry.engine.v1.GetOrder;
import io.outcry.engine.v1.ListInstruments;
import io.outcry.engine.v1.PlaceOrder;
import io.outcry.engine.v1.ResumeAccount;
import io.outcry.engine.v1.SetInstrumentStatus;
import io.outcry.engine.v1.SetLimits;
import io.outcry.engine.v1.SuspendAccount;

/** Writes the domain's commands as the wire's, all but their request ids. Stateless. */
final class CommandEncoder {
    private CommandEncoder() {}

    static Command.Builder placeOrder(OrderTerms terms) {
        return Command.newBuilder().setPlaceOrder(order(terms));
    }

    static Command.Builder checkOrder(OrderTerms terms) {
        return Command.newBuilder().setCheckOrder(order(terms));
    }

    static Command.Builder cancelOrder(AccountId accountId, OrderId orderId) {
        return Command.newBuilder()
                .setCancelOrder(
                        CancelOrder.newBuilder()
                                .setAccountId(accountId.value())
                                .setOrderId(orderId.value()));
    }

    static Command.Builder replaceOrder(ReplaceOrder command) {
        return Command.newBuilder()
                .setReplaceOrder(
                        io.outcry.engine.v1.ReplaceOrder.newBuilder()
                                .setAccountId(command.accountId().value())
                                .setOrderId(command.orderId().value())
                                .setPrice(command.price())
                                .setQuantity(command.quantity())
                                .setStopPrice(command.stopPrice())
                                .setTrailAmount(command.trailAmount()));
    }

    static Command.Builder cancelAll(AccountId accountId) {
        return Command.newBuilder()
                .setCancelAll(CancelAll.newBuilder().setAccountId(accountId.value()));
    }

    static Command.Builder cancelAll(AccountId accountId, Symbol symbol) {
        return Command.newBuilder()
                .setCancelAll(
                        CancelAll.newBuilder()
                                .setAccountId(accountId.value())
                                .setSymbol(symbol.value()));
    }

    static Command.Builder openAccount(OpenAccount command) {
        return Command.newBuilder()
                .setOpenAccount(
                        io.outcry.engine.v1.OpenAccount.newBuilder()
                                .setAccountId(command.accountId().value())
                                .setCurrency(command.currency().code())
                                .setCash(command.cash())
                                .setCreditLimit(command.creditLimit())
                                .setShortLimit(command.shortLimit()));
    }

    static Command.Builder adjustCash(
            AccountId accountId, Currency currency, long amount, String reference) {
        return Command.newBuilder()
                .setAdjustCash(
                        AdjustCash.newBuilder()
                                .setAccountId(accountId.value())
                                .setCurrency(currency.code())
                                .setAmount(amount)
                                .setReference(reference));
    }

    static Command.Builder adjustPosition(
            AccountId accountId, Symbol symbol, long quantity, String reference) {
        return Command.newBuilder()
                .setAdjustPosition(
                        AdjustPosition.newBuilder()
                                .setAccountId(accountId.value())
                                .setSymbol(symbol.value())
                                .setQuantity(quantity)
                                .setReference(reference));
    }

    static Command.Builder setLimits(
            AccountId accountId, Currency currency, long creditLimit, long shortLimit) {
        return Command.newBuilder()
                .setSetLimits(
                        SetLimits.newBuilder()
                                .setAccountId(accountId.value())
                                .setCurrency(currency.code())
                                .setCreditLimit(creditLimit)
                                .setShortLimit(shortLimit));
    }

    static Command.Builder suspendAccount(AccountId accountId) {
        return Command.newBuilder()
                .setSuspendAccount(SuspendAccount.newBuilder().setAccountId(accountId.value()));
    }

    static Command.Builder resumeAccount(AccountId accountId) {
        return Command.newBuilder()
                .setResumeAccount(ResumeAccount.newBuilder().setAccountId(accountId.value()));
    }

    static Command.Builder defineInstrument(Instrument instrument) {
        return Command.newBuilder()
                .setDefineInstrument(
                        DefineInstrument.newBuilder().setInstrument(terms(instrument)));
    }

    static Command.Builder defineInstrumentIfAbsent(Instrument instrument) {
        return Command.newBuilder()
                .setDefineInstrument(
                        DefineInstrument.newBuilder()
                                .setInstrument(terms(instrument))
                                .setOnlyIfAbsent(true));
    }

    static Command.Builder setInstrumentStatus(Symbol symbol, InstrumentStatus status) {
        return Command.newBuilder()
                .setSetInstrumentStatus(
                        SetInstrumentStatus.newBuilder()
                                .setSymbol(symbol.value())
                                .setStatus(WireEnums.encode(status)));
    }

    static Command.Builder closeSession() {
        return Command.newBuilder().setCloseSession(CloseSession.getDefaultInstance());
    }

    static Command.Builder getAccount(AccountId accountId) {
        return Command.newBuilder()
                .setGetAccount(GetAccount.newBuilder().setAccountId(accountId.value()));
    }

    static Command.Builder getOrder(AccountId accountId, OrderId orderId) {
        return Command.newBuilder()
                .setGetOrder(
                        GetOrder.newBuilder()
                                .setAccountId(accountId.value())
                                .setOrderId(orderId.value()));
    }

    static Command.Builder getOrder(AccountId accountId, ClientOrderId clientOrderId) {
        return Command.newBuilder()
                .setGetOrder(
                        GetOrder.newBuilder()
                                .setAccountId(accountId.value())
                                .setClientOrderId(clientOrderId.value()));
    }

    static Command.Builder listInstruments() {
        return Command.newBuilder().setListInstruments(ListInstruments.getDefaultInstance());
    }

    private static PlaceOrder order(OrderTerms terms) {
        PlaceOrder.Builder order =
                PlaceOrder.newBuilder()
                        .setAccountId(terms.accountId().value())
                        .setSymbol(terms.symbol().value())
                        .setSide(WireEnums.encode(terms.side()))
                        .setType(WireEnums.encode(terms.type()))
                        .setTimeInForce(WireEnums.encode(terms.timeInForce()))
                        .setQuantity(terms.quantity())
                        .setPrice(terms.price())
                        .setStopPrice(terms.stopPrice())
                        .setTrailAmount(terms.trailAmount())
                        .setDisplayQuantity(terms.displayQuantity())
                        .setExpiresAt(terms.expiresAtNanos())
                        .setPostOnly(terms.postOnly())
                        .setSelfTradePrevention(WireEnums.encode(terms.selfTradePrevention()));
        if (terms.clientOrderId() != null) {
            order.setClientOrderId(terms.clientOrderId().value());
        }
        return order.build();
    }

    private static io.outcry.engine.v1.Instrument terms(Instrument instrument) {
        return io.outcry.engine.v1.Instrument.newBuilder()
                .setSymbol(instrument.symbol().value())
                .setCurrency(instrument.currency().code())
                .setPriceScale(instrument.priceScale().places())
                .setQuantityScale(instrument.quantityScale().places())
                .setCashScale(instrument.cashScale().places())
                .setTick(instrument.tick())
                .setLot(instrument.lot())
                .setMaxQuantity(instrument.maxQuantity())
                .setMaxNotional(instrument.maxNotional())
                .setReferencePrice(instrument.referencePrice())
                .setBandPpm(instrument.bandPpm())
                .setMakerFeePpm(instrument.makerFeePpm())
                .setTakerFeePpm(instrument.takerFeePpm())
                .setStatus(WireEnums.encode(instrument.status()))
                .build();
    }
}
