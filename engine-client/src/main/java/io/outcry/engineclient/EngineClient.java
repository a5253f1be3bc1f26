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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The engine, over a gRPC stream that reconnects by itself, and a second one for cancels where the
 * settings ask for it. While there is no connection commands are refused at once; what was sent on
 * a connection that was then lost is unknown. What is submitted for an account while other commands
 * for it are unanswered takes effect after them.
 *
 * <p>Thread-safe. Outcomes are completed by the stream's one thread, so actions that depend on them
 * must be short and must not block.
 */
public final class EngineClient implements Engine, AutoCloseable {
    private final Stream orders;
    private final Stream cancels;
    private final Lanes lanes;
    private final Supplier<String> traceId;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A session that reconnects, with a thread of its own. */
    private record Stream(Transport transport, EngineLink link) {
        static Stream of(EngineSettings settings, String what, String threadName) {
            Transport transport = new Transport(settings, threadName);
            return new Stream(
                    transport,
                    new EngineLink(what, settings, transport, RandomGenerator.getDefault()));
        }

        CommandQueue queue() {
            return link.queue();
        }
    }

    private EngineClient(EngineSettings settings) {
        orders = Stream.of(settings, "The session", "outcry-engine-client");
        cancels =
                settings.cancelWindow() == 0
                        ? orders
                        : Stream.of(
                                settings.withWindow(settings.cancelWindow()),
                                "The session for cancels",
                                "outcry-engine-cancels");
        lanes = new Lanes(orders.queue(), cancels.queue());
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
        client.streams().forEach(stream -> stream.link().start());
        return client;
    }

    private Set<Stream> streams() {
        return new LinkedHashSet<>(List.of(orders, cancels));
    }

    /** Whether it takes orders; cancels go the same way while they have none of their own. */
    @Override
    public boolean connected() {
        return orders.queue().isOpen();
    }

    @Override
    public long durableSequence() {
        return Math.max(orders.link().durableSequence(), cancels.link().durableSequence());
    }

    /** Whether the stream to the engine came up within the limit. */
    public boolean awaitConnected(Duration limit) throws InterruptedException {
        return orders.queue().awaitOpen(limit);
    }

    /**
     * Takes no more commands, gives those under way until their deadline to be answered, and ends
     * the connections and the threads. From a dependent action of an outcome it does not wait.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Set<Stream> streams = streams();
            streams.forEach(stream -> stream.link().close());
            if (streams.stream().noneMatch(stream -> stream.transport().loop().inEventLoop())) {
                streams.forEach(stream -> stream.link().awaitClosed());
            }
            streams.forEach(stream -> stream.transport().close());
        }
    }

    @Override
    public CompletableFuture<Outcome<PlacedOrder>> placeOrder(OrderTerms terms) {
        return change(
                terms.accountId(), CommandEncoder.placeOrder(terms), ResultDecoder::placedOrder);
    }

    @Override
    public CompletableFuture<Outcome<Order>> cancelOrder(AccountId accountId, OrderId orderId) {
        return cancel(
                accountId,
                CommandEncoder.cancelOrder(accountId, orderId),
                ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<PlacedOrder>> replaceOrder(ReplaceOrder command) {
        return change(
                command.accountId(),
                CommandEncoder.replaceOrder(command),
                ResultDecoder::placedOrder);
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId, Symbol symbol) {
        return cancel(
                accountId,
                CommandEncoder.cancelAll(accountId, symbol),
                ResultDecoder::canceledOrders);
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId) {
        return cancel(
                accountId, CommandEncoder.cancelAll(accountId), ResultDecoder::canceledOrders);
    }

    @Override
    public CompletableFuture<Outcome<Void>> openAccount(OpenAccount command) {
        return change(
                command.accountId(), CommandEncoder.openAccount(command), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustCash(
            AccountId accountId, Currency currency, long amount, String reference) {
        return change(
                accountId,
                CommandEncoder.adjustCash(accountId, currency, amount, reference),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustPosition(
            AccountId accountId, Symbol symbol, long quantity, String reference) {
        return change(
                accountId,
                CommandEncoder.adjustPosition(accountId, symbol, quantity, reference),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> setLimits(
            AccountId accountId, Currency currency, long creditLimit, long shortLimit) {
        return change(
                accountId,
                CommandEncoder.setLimits(accountId, currency, creditLimit, shortLimit),
                ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> suspendAccount(AccountId accountId) {
        return change(accountId, CommandEncoder.suspendAccount(accountId), ResultDecoder::nothing);
    }

    @Override
    public CompletableFuture<Outcome<Void>> resumeAccount(AccountId accountId) {
        return change(accountId, CommandEncoder.resumeAccount(accountId), ResultDecoder::nothing);
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
        return read(accountId, CommandEncoder.getAccount(accountId), ResultDecoder::account);
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(AccountId accountId, OrderId orderId) {
        return read(
                accountId, CommandEncoder.getOrder(accountId, orderId), ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(
            AccountId accountId, ClientOrderId clientOrderId) {
        return read(
                accountId,
                CommandEncoder.getOrder(accountId, clientOrderId),
                ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<Order>> orderToCancel(
            AccountId accountId, ClientOrderId clientOrderId) {
        return lanes.read(
                accountId,
                traced(CommandEncoder.getOrder(accountId, clientOrderId)),
                Share.ALL,
                ResultDecoder::orderAlone);
    }

    @Override
    public CompletableFuture<Outcome<List<Instrument>>> instruments() {
        return submit(CommandEncoder.listInstruments(), ResultDecoder::instruments);
    }

    @Override
    public CompletableFuture<Outcome<Void>> checkOrder(OrderTerms terms) {
        return read(terms.accountId(), CommandEncoder.checkOrder(terms), ResultDecoder::nothing);
    }

    private <T> CompletableFuture<Outcome<T>> change(
            AccountId accountId, Command.Builder command, ResultDecoder<T> decoder) {
        return lanes.submit(accountId, traced(command), Share.ALL_BUT_CANCEL_RESERVE, decoder);
    }

    private <T> CompletableFuture<Outcome<T>> cancel(
            AccountId accountId, Command.Builder command, ResultDecoder<T> decoder) {
        return lanes.submit(accountId, traced(command), Share.ALL, decoder);
    }

    private <T> CompletableFuture<Outcome<T>> read(
            AccountId accountId, Command.Builder command, ResultDecoder<T> decoder) {
        return lanes.read(accountId, traced(command), Share.ALL_BUT_CANCEL_RESERVE, decoder);
    }

    /** What is of no account. */
    private <T> CompletableFuture<Outcome<T>> submit(
            Command.Builder command, ResultDecoder<T> decoder) {
        return orders.queue()
                .submit(traced(command), Share.ALL_BUT_CANCEL_RESERVE, decoder, () -> {});
    }

    private Command.Builder traced(Command.Builder command) {
        String trace = traceId.get();
        if (!trace.isEmpty()) {
            int length = Math.min(trace.length(), EngineSettings.MAX_TRACE_ID);
            command.setTraceId(trace.substring(0, length));
        }
        return command;
    }
}
