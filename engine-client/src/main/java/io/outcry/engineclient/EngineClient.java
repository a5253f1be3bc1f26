package io.outcry.engineclient;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.engine.v1.Command;
import io.outcry.engineclient.CommandQueue.Share;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The engine, over one gRPC stream that reconnects by itself. While there is no connection commands
 * are refused at once; what was sent on a connection that was then lost is unknown.
 *
 * <p>Thread-safe. Outcomes are completed by the client's one thread, so actions that depend on them
 * must be short and must not block.
 */
public final class EngineClient implements Engine, AutoCloseable {
    private final Transport transport;
    private final EngineLink link;
    private final CommandQueue queue;
    private final Supplier<String> traceId;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EngineClient(EngineSettings settings) {
        transport = new Transport(settings, "outcry-engine-client");
        link = new EngineLink(settings, transport, RandomGenerator.getDefault());
        queue = link.queue();
        traceId = settings.traceId();
    }

    /**
     * Starts to connect, and does not wait for it.
     *
     * @throws IllegalArgumentException when the target is no name that gRPC can resolve, or the
     *     files for TLS cannot be used
     */
    public static EngineClient start(EngineSettings settings) {
        EngineClient client = new EngineClient(settings);
        client.link.start();
        return client;
    }

    @Override
    public boolean connected() {
        return queue.isOpen();
    }

    /** Whether the stream to the engine came up within the limit. */
    public boolean awaitConnected(Duration limit) throws InterruptedException {
        return queue.awaitOpen(limit);
    }

    /**
     * Takes no more commands, gives those under way until their deadline to be answered, and ends
     * the connection and the thread. From a dependent action of an outcome it does not wait.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            link.close();
            transport.close();
        }
    }

    @Override
    public CompletableFuture<Outcome<PlacedOrder>> placeOrder(OrderTerms terms) {
        return submit(CommandEncoder.placeOrder(terms), ResultDecoder::placedOrder);
    }

    @Override
    public CompletableFuture<Outcome<Order>> cancelOrder(AccountId accountId, OrderId orderId) {
        return submit(
                CommandEncoder.cancelOrder(accountId, orderId),
                Share.ALL,
                ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<PlacedOrder>> replaceOrder(ReplaceOrder command) {
        return submit(CommandEncoder.replaceOrder(command), ResultDecoder::placedOrder);
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId, Symbol symbol) {
        return submit(
                CommandEncoder.cancelAll(accountId, symbol),
                Share.ALL,
                ResultDecoder::canceledOrders);
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId) {
        return submit(
                CommandEncoder.cancelAll(accountId), Share.ALL, ResultDecoder::canceledOrders);
    }

    @Override
    public CompletableFuture<Outcome<Void>> openAccount(OpenAccount command) {
        return submit(CommandEncoder.openAccount(command), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustCash(
            AccountId accountId, Currency currency, long amount, String reference) {
        return submit(
                CommandEncoder.adjustCash(accountId, currency, amount, reference),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustPosition(
            AccountId accountId, Symbol symbol, long quantity, String reference) {
        return submit(
                CommandEncoder.adjustPosition(accountId, symbol, quantity, reference),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> setLimits(
            AccountId accountId, Currency currency, long creditLimit, long shortLimit) {
        return submit(
                CommandEncoder.setLimits(accountId, currency, creditLimit, shortLimit),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> suspendAccount(AccountId accountId) {
        return submit(CommandEncoder.suspendAccount(accountId), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> resumeAccount(AccountId accountId) {
        return submit(CommandEncoder.resumeAccount(accountId), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> defineInstrumentIfAbsent(Instrument instrument) {
        return submit(CommandEncoder.defineInstrumentIfAbsent(instrument), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> defineInstrument(Instrument instrument) {
        return submit(CommandEncoder.defineInstrument(instrument), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> setInstrumentStatus(
            Symbol symbol, InstrumentStatus status) {
        return submit(CommandEncoder.setInstrumentStatus(symbol, status), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> closeSession() {
        return submit(CommandEncoder.closeSession(), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Account>> account(AccountId accountId) {
        return submit(CommandEncoder.getAccount(accountId), ResultDecoder::account);
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(AccountId accountId, OrderId orderId) {
        return submit(CommandEncoder.getOrder(accountId, orderId), ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(
            AccountId accountId, ClientOrderId clientOrderId) {
        return submit(CommandEncoder.getOrder(accountId, clientOrderId), ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<Order>> orderToCancel(
            AccountId accountId, ClientOrderId clientOrderId) {
        return submit(
                CommandEncoder.getOrder(accountId, clientOrderId),
                Share.ALL,
                ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<List<Instrument>>> instruments() {
        return submit(CommandEncoder.listInstruments(), ResultDecoder::instruments);
    }

    @Override
    public CompletableFuture<Outcome<Void>> checkOrder(OrderTerms terms) {
        return submit(CommandEncoder.checkOrder(terms), ResultDecoder::nothing);
    }

    private <T> CompletableFuture<Outcome<T>> submit(
            Command.Builder command, ResultDecoder<T> decoder) {
        return submit(command, Share.ALL_BUT_CANCEL_RESERVE, decoder);
    }

    private <T> CompletableFuture<Outcome<T>> submit(
            Command.Builder command, Share share, ResultDecoder<T> decoder) {
        String trace = traceId.get();
        if (!trace.isEmpty()) {
            int length = Math.min(trace.length(), EngineSettings.MAX_TRACE_ID);
            command.setTraceId(trace.substring(0, length));
        }
        return queue.submit(command, share, decoder);
    }
}
