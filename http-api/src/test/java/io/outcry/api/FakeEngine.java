package io.outcry.api;

import io.outcry.api.http.CurrentRequest;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * An engine in memory with as much of a market as the API's tests need: limit orders match one
 * resting order of the same size and price. Can be told to misbehave. Safe for many threads.
 */
final class FakeEngine implements Engine {
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    /** How commands and reads are answered. */
    enum Mode {
        NORMAL,
        /** On a thread of its own, after a moment. */
        LATE,
        REFUSE,
        REJECT,
        UNKNOWN,
        NEVER,
        /** Has a defect, on the thread that asks. */
        THROW,
        /** Has a defect, later. */
        FAIL
    }

    /** What its defect says. */
    static final String DEFECT = "a defect that knows the password";

    volatile Mode mode = Mode.NORMAL;

    /** With what commands are rejected then. */
    volatile RejectCode rejection = RejectCode.UNKNOWN_ACCOUNT;

    /** What answers late. */
    volatile Executor later = LATER;

    volatile boolean connected = true;
    volatile boolean executesUnknown;
    volatile boolean instrumentsAway;

    /** Whether only what has to do with canceling is taken. */
    volatile boolean crowded;

    /** What administrators had done, in words. */
    final List<String> administration = new CopyOnWriteArrayList<>();

    /** For which request each command and read was sent. */
    final List<String> sentFor = new CopyOnWriteArrayList<>();

    final AtomicInteger openAccountCalls = new AtomicInteger();

    private final Map<String, Instrument> instruments = new TreeMap<>();
    final Map<Long, OpenAccount> accounts = new TreeMap<>();
    final Map<Long, Long> accountSequences = new TreeMap<>();
    final Map<Long, Long> deposits = new TreeMap<>();
    final Map<Long, Order> orders = new TreeMap<>();
    final Map<Long, List<Fill>> fills = new TreeMap<>();
    private long sequence;
    private final AtomicInteger checks = new AtomicInteger();

    private <T> CompletableFuture<Outcome<T>> answer(Supplier<Outcome<T>> work) {
        sentFor.add(CurrentRequest.id());
        return switch (mode) {
            case NORMAL -> CompletableFuture.completedFuture(locked(work));
            case LATE -> CompletableFuture.supplyAsync(() -> locked(work), later);
            case THROW -> throw new IllegalStateException(DEFECT);
            case FAIL -> CompletableFuture.failedFuture(new IllegalStateException(DEFECT));
            case REFUSE ->
                    CompletableFuture.completedFuture(
                            new Outcome.Refused<>(
                                    "the engine is not connected", Duration.ofSeconds(1)));
            case REJECT -> CompletableFuture.completedFuture(rejected(rejection, "told to reject"));
            case UNKNOWN -> {
                if (executesUnknown) {
                    locked(work);
                }
                yield CompletableFuture.completedFuture(
                        new Outcome.Unknown<>("no answer came in time"));
            }
            case NEVER -> new CompletableFuture<>();
        };
    }

    private synchronized <T> Outcome<T> locked(Supplier<Outcome<T>> work) {
        return work.get();
    }

    private static <T> Outcome<T> rejected(RejectCode code, String message) {
        return new Outcome.Rejected<>(code, message);
    }

    @Override
    public CompletableFuture<Outcome<PlacedOrder>> placeOrder(OrderTerms terms) {
        return answer(
                () -> {
                    Outcome<Void> checked = check(terms);
                    if (checked instanceof Outcome.Rejected<Void> no) {
                        return rejected(no.code(), no.message());
                    }
                    Order first = find(terms.accountId(), terms.clientOrderId());
                    if (first != null) {
                        return first.terms().equals(terms)
                                ? new Outcome.Done<>(
                                        new PlacedOrder(first, List.of(), true), sequence)
                                : rejected(
                                        RejectCode.DUPLICATE_CLIENT_ORDER_ID,
                                        "client_order_id was used with other terms");
                    }
                    return execute(terms);
                });
    }

    private Outcome<PlacedOrder> execute(OrderTerms terms) {
        long id = orders.size() + 1L;
        sequence++;
        store(order(id, terms, OrderStatus.NEW, null, 0, 0));
        Order match = match(terms, id);
        if (match != null) {
            trade(match, Liquidity.MAKER);
            trade(orders.get(id), Liquidity.TAKER);
        } else if (terms.type() == OrderType.MARKET) {
            store(order(id, terms, OrderStatus.CANCELED, CancelReason.NO_LIQUIDITY, 0, 0));
        }
        return new Outcome.Done<>(
                new PlacedOrder(orders.get(id), fills.getOrDefault(id, List.of()), false),
                sequence);
    }

    private Order match(OrderTerms terms, long id) {
        return orders.values().stream()
                .filter(order -> order.status().open() && order.id().value() != id)
                .filter(order -> order.terms().symbol().equals(terms.symbol()))
                .filter(order -> order.terms().side() != terms.side())
                .filter(order -> order.terms().quantity() == terms.quantity())
                .filter(order -> terms.price() == 0 || order.terms().price() == terms.price())
                .findFirst()
                .orElse(null);
    }

    private void trade(Order order, Liquidity liquidity) {
        sequence++;
        OrderTerms terms = order.terms();
        Instrument instrument = instruments.get(terms.symbol().value());
        long price = terms.price() == 0 ? instrument.referencePrice() : terms.price();
        long notional = instrument.notional(price, terms.quantity());
        fills.computeIfAbsent(order.id().value(), key -> new ArrayList<>())
                .add(
                        new Fill(
                                sequence,
                                order.id(),
                                price,
                                terms.quantity(),
                                notional,
                                0,
                                liquidity,
                                sequence,
                                sequence));
        store(
                order(
                        order.id().value(),
                        terms,
                        OrderStatus.FILLED,
                        null,
                        terms.quantity(),
                        notional));
    }

    private Order order(
            long id,
            OrderTerms terms,
            OrderStatus status,
            CancelReason reason,
            long filled,
            long notional) {
        return new Order(
                new OrderId(id),
                terms,
                status,
                reason,
                filled,
                notional,
                0,
                1_700_000_000_000_000_000L,
                1_700_000_000_000_000_000L + sequence,
                sequence);
    }

    private void store(Order order) {
        orders.put(order.id().value(), order);
        accountSequences.put(order.terms().accountId().value(), sequence);
    }

    private Order find(AccountId accountId, ClientOrderId id) {
        return orders.values().stream()
                .filter(order -> order.terms().accountId().equals(accountId))
                .filter(order -> id != null && id.equals(order.terms().clientOrderId()))
                .findFirst()
                .orElse(null);
    }

    private Outcome<Void> check(OrderTerms terms) {
        Instrument instrument = instruments.get(terms.symbol().value());
        if (instrument == null) {
            return rejected(RejectCode.UNKNOWN_SYMBOL, "symbol is not known");
        }
        if (instrument.status() == InstrumentStatus.HALTED) {
            return rejected(RejectCode.MARKET_HALTED, "symbol is halted");
        }
        if (!accounts.containsKey(terms.accountId().value())) {
            return rejected(RejectCode.UNKNOWN_ACCOUNT, "the account is not open");
        }
        if (terms.quantity() <= 0 || terms.quantity() > instrument.maxQuantity()) {
            return rejected(RejectCode.INVALID_QUANTITY, "quantity must be above 0");
        }
        if (terms.type() == OrderType.LIMIT && terms.price() <= 0) {
            return rejected(RejectCode.INVALID_PRICE, "price must be above 0");
        }
        return new Outcome.Done<>(null, sequence);
    }

    @Override
    public CompletableFuture<Outcome<Order>> cancelOrder(AccountId accountId, OrderId orderId) {
        return answer(
                () -> {
                    Order order = orders.get(orderId.value());
                    if (order == null
                            || !order.terms().accountId().equals(accountId)
                            || !order.status().open()) {
                        return rejected(RejectCode.UNKNOWN_ORDER, "no such open order");
                    }
                    return new Outcome.Done<>(canceled(order), sequence);
                });
    }

    /** Changes price and quantity, and matches nothing. */
    @Override
    public CompletableFuture<Outcome<PlacedOrder>> replaceOrder(ReplaceOrder command) {
        return answer(
                () -> {
                    Order order = orders.get(command.orderId().value());
                    if (order == null
                            || !order.terms().accountId().equals(command.accountId())
                            || !order.status().open()) {
                        return rejected(RejectCode.UNKNOWN_ORDER, "no such open order");
                    }
                    sequence++;
                    OrderTerms terms = replaced(order.terms(), command);
                    long id = order.id().value();
                    store(order(id, terms, order.status(), null, 0, 0));
                    return new Outcome.Done<>(
                            new PlacedOrder(orders.get(id), List.of(), false), sequence);
                });
    }

    private static OrderTerms replaced(OrderTerms old, ReplaceOrder command) {
        return new OrderTerms(
                old.accountId(),
                old.symbol(),
                old.side(),
                old.type(),
                old.timeInForce(),
                command.quantity() == 0 ? old.quantity() : command.quantity(),
                command.price() == 0 ? old.price() : command.price(),
                command.stopPrice() == 0 ? old.stopPrice() : command.stopPrice(),
                command.trailAmount() == 0 ? old.trailAmount() : command.trailAmount(),
                old.displayQuantity(),
                old.expiresAtNanos(),
                old.postOnly(),
                old.selfTradePrevention(),
                old.clientOrderId());
    }

    private Order canceled(Order order) {
        sequence++;
        Order canceled =
                order(
                        order.id().value(),
                        order.terms(),
                        OrderStatus.CANCELED,
                        CancelReason.USER,
                        order.filledQuantity(),
                        order.filledNotional());
        store(canceled);
        return canceled;
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId, Symbol symbol) {
        return answer(
                () ->
                        new Outcome.Done<>(
                                List.copyOf(orders.values()).stream()
                                        .filter(order -> order.status().open())
                                        .filter(o -> o.terms().accountId().equals(accountId))
                                        .filter(
                                                order ->
                                                        symbol == null
                                                                || order.terms()
                                                                        .symbol()
                                                                        .equals(symbol))
                                        .map(this::canceled)
                                        .toList(),
                                sequence));
    }

    @Override
    public CompletableFuture<Outcome<List<Order>>> cancelAll(AccountId accountId) {
        return cancelAll(accountId, null);
    }

    @Override
    public CompletableFuture<Outcome<Void>> openAccount(OpenAccount command) {
        openAccountCalls.incrementAndGet();
        return answer(
                () -> {
                    if (accounts.putIfAbsent(command.accountId().value(), command) == null) {
                        accountSequences.put(command.accountId().value(), ++sequence);
                    }
                    return new Outcome.Done<>(null, sequence);
                });
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustCash(
            AccountId accountId, Currency currency, long amount, String reference) {
        return answer(
                () -> {
                    accountSequences.put(accountId.value(), ++sequence);
                    deposits.merge(accountId.value(), amount, Long::sum);
                    return new Outcome.Done<>(null, sequence);
                });
    }

    private CompletableFuture<Outcome<Void>> administered(String command) {
        return answer(
                () -> {
                    administration.add(command);
                    return new Outcome.Done<>(null, ++sequence);
                });
    }

    @Override
    public CompletableFuture<Outcome<Void>> adjustPosition(
            AccountId accountId, Symbol symbol, long quantity, String reference) {
        return administered("adjust position " + accountId + " " + symbol + " " + quantity);
    }

    @Override
    public CompletableFuture<Outcome<Void>> setLimits(
            AccountId accountId, Currency currency, long creditLimit, long shortLimit) {
        return administered("limits " + accountId + " " + creditLimit + " " + shortLimit);
    }

    @Override
    public CompletableFuture<Outcome<Void>> suspendAccount(AccountId accountId) {
        return administered("suspend " + accountId);
    }

    @Override
    public CompletableFuture<Outcome<Void>> resumeAccount(AccountId accountId) {
        return administered("resume " + accountId);
    }

    @Override
    public CompletableFuture<Outcome<Void>> defineInstrumentIfAbsent(Instrument instrument) {
        return answer(
                () -> {
                    instruments.putIfAbsent(instrument.symbol().value(), instrument);
                    return new Outcome.Done<>(null, ++sequence);
                });
    }

    @Override
    public CompletableFuture<Outcome<Void>> defineInstrument(Instrument instrument) {
        return answer(
                () -> {
                    instruments.put(instrument.symbol().value(), instrument);
                    return new Outcome.Done<>(null, ++sequence);
                });
    }

    @Override
    public CompletableFuture<Outcome<Void>> setInstrumentStatus(
            Symbol symbol, InstrumentStatus status) {
        return administered("status " + symbol + " " + status);
    }

    @Override
    public CompletableFuture<Outcome<Void>> closeSession() {
        return administered("close session");
    }

    @Override
    public CompletableFuture<Outcome<Account>> account(AccountId accountId) {
        return answer(
                () -> {
                    OpenAccount opened = accounts.get(accountId.value());
                    if (opened == null) {
                        return rejected(RejectCode.UNKNOWN_ACCOUNT, "the account is not open");
                    }
                    return new Outcome.Done<>(
                            account(opened), accountSequences.get(accountId.value()));
                });
    }

    synchronized Account account(OpenAccount opened) {
        long id = opened.accountId().value();
        long cash = opened.cash() + deposits.getOrDefault(id, 0L);
        Map<Symbol, Long> quantities = new java.util.HashMap<>();
        for (Order order : orders.values()) {
            if (order.terms().accountId().value() == id && order.filledQuantity() > 0) {
                boolean buy = order.terms().side() == Side.BUY;
                cash -= buy ? order.filledNotional() : -order.filledNotional();
                quantities.merge(
                        order.terms().symbol(),
                        buy ? order.filledQuantity() : -order.filledQuantity(),
                        Long::sum);
            }
        }
        return new Account(
                opened.accountId(),
                false,
                opened.shortLimit(),
                List.of(new CashBalance(opened.currency(), cash, 0, 0)),
                quantities.entrySet().stream()
                        .map(entry -> new PositionBalance(entry.getKey(), entry.getValue(), 0))
                        .toList());
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(AccountId accountId, OrderId orderId) {
        return answer(() -> own(accountId, orders.get(orderId.value())));
    }

    @Override
    public CompletableFuture<Outcome<Order>> order(
            AccountId accountId, ClientOrderId clientOrderId) {
        return crowded
                ? CompletableFuture.completedFuture(
                        new Outcome.Refused<>("too many commands await", Duration.ofMillis(100)))
                : orderToCancel(accountId, clientOrderId);
    }

    @Override
    public CompletableFuture<Outcome<Order>> orderToCancel(
            AccountId accountId, ClientOrderId clientOrderId) {
        return answer(() -> own(accountId, find(accountId, clientOrderId)));
    }

    private Outcome<Order> own(AccountId accountId, Order order) {
        return order == null || !order.terms().accountId().equals(accountId)
                ? rejected(RejectCode.UNKNOWN_ORDER, "no such order")
                : new Outcome.Done<>(order, order.sequence());
    }

    @Override
    public CompletableFuture<Outcome<List<Instrument>>> instruments() {
        return instrumentsAway
                ? CompletableFuture.completedFuture(
                        new Outcome.Refused<>("told to refuse", Duration.ofSeconds(1)))
                : answer(() -> new Outcome.Done<>(List.copyOf(instruments.values()), sequence));
    }

    @Override
    public CompletableFuture<Outcome<Void>> checkOrder(OrderTerms terms) {
        checks.incrementAndGet();
        return answer(() -> check(terms));
    }

    /** How many orders were tried. */
    int checks() {
        return checks.get();
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public synchronized long durableSequence() {
        return sequence;
    }

    synchronized long sequence() {
        return sequence;
    }
}
