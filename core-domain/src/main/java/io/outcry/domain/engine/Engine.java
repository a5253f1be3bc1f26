package io.outcry.domain.engine;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The matching engine, as its users see it. Futures complete with an {@link Outcome}, never
 * exceptionally, and within the client's deadline. Safe for use by many threads; a future's
 * dependent actions must not block.
 */
public interface Engine {

    /**
     * Places an order, once for each client order id: the same id again executes nothing and brings
     * the first order as it stands, marked as a duplicate.
     */
    CompletableFuture<Outcome<PlacedOrder>> placeOrder(OrderTerms terms);

    /** Done carries the order as it was left. */
    CompletableFuture<Outcome<Order>> cancelOrder(AccountId accountId, OrderId orderId);

    /**
     * Gives an open order new terms. Done carries the order as that left it, and the fills that it
     * caused.
     */
    CompletableFuture<Outcome<PlacedOrder>> replaceOrder(ReplaceOrder command);

    /**
     * All the account's open orders in the symbol. Done carries them as they were left, the first
     * 10,000 of them.
     */
    CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId, Symbol symbol);

    /**
     * All the account's open orders. Done carries them as they were left, the first 10,000 of them.
     */
    CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId);

    /** Opens an account, once; one that exists stays as it is. */
    CompletableFuture<Outcome<Void>> openAccount(OpenAccount command);

    /** Deposits (above 0) or withdraws (below 0), once for each reference of the account. */
    CompletableFuture<Outcome<Void>> adjustCash(
            AccountId accountId, Currency currency, long amount, String reference);

    /** The same for a quantity of the instrument itself. */
    CompletableFuture<Outcome<Void>> adjustPosition(
            AccountId accountId, Symbol symbol, long quantity, String reference);

    /**
     * Sets how far cash of the currency may go below 0, and every position.
     *
     * @param creditLimit in cash units, 0 or more
     * @param shortLimit in quantity units, 0 or more
     */
    CompletableFuture<Outcome<Void>> setLimits(
            AccountId accountId, Currency currency, long creditLimit, long shortLimit);

    /** Cancels the account's open orders; it may place no more until it is resumed. */
    CompletableFuture<Outcome<Void>> suspendAccount(AccountId accountId);

    CompletableFuture<Outcome<Void>> resumeAccount(AccountId accountId);

    /** Defines the instrument unless one of its symbol exists, which then stays as it is. */
    CompletableFuture<Outcome<Void>> defineInstrumentIfAbsent(Instrument instrument);

    /** Defines the instrument, or changes the changeable terms of the one that exists. */
    CompletableFuture<Outcome<Void>> defineInstrument(Instrument instrument);

    /** Opens or halts trading in the instrument; cancels are always taken. */
    CompletableFuture<Outcome<Void>> setInstrumentStatus(Symbol symbol, InstrumentStatus status);

    /** Ends the trading day: DAY orders expire. */
    CompletableFuture<Outcome<Void>> closeSession();

    /**
     * Balances as the engine has them. The outcome's sequence is the last event that touched the
     * account: a projection that has reached it shows all that the account's earlier commands did.
     */
    CompletableFuture<Outcome<Account>> account(AccountId accountId);

    /** An open order, or a closed one whose client order id the engine still remembers. */
    CompletableFuture<Outcome<Order>> order(AccountId accountId, OrderId orderId);

    /** The newest order of that client order id, while the engine still remembers it. */
    CompletableFuture<Outcome<Order>> order(AccountId accountId, ClientOrderId clientOrderId);

    /** The same, for who is to cancel it: taken as a cancel is when too much is waiting. */
    CompletableFuture<Outcome<Order>> orderToCancel(
            AccountId accountId, ClientOrderId clientOrderId);

    /** All instruments, as they stand. */
    CompletableFuture<Outcome<List<Instrument>>> instruments();

    /** Runs every check of a placement; changes nothing. */
    CompletableFuture<Outcome<Void>> checkOrder(OrderTerms terms);

    /**
     * The last event that the engine has on disk, as far as it has told: with every answer, so not
     * less than there was when the last one came. 0: it has told nothing. Asks nobody.
     */
    long durableSequence();

    /** Whether the stream to the engine is up. */
    boolean connected();
}
