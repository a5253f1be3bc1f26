package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.MarketBook;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client with the engine itself: they agree on every command, and on what survives a kill. */
@Timeout(120)
class RealEngineTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Currency USD = new Currency("USD");
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    @TempDir Path directory;
    private EngineProcess engine;
    private EngineClient client;

    @BeforeEach
    void start() throws Exception {
        engine = EngineProcess.start(directory);
        client = EngineClient.start(engine.settings());
        assertThat(client.awaitConnected(SOON)).isTrue();
        done(client.defineInstrumentIfAbsent(instrument()));
        done(client.openAccount(new OpenAccount(ALICE, USD, 1_000_000_00, 0, 0)));
        done(client.openAccount(new OpenAccount(BOB, USD, 1_000_000_00, 0, 10_000)));
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void ordersRestTradeAndShowOnBothAccounts() throws Exception {
        PlacedOrder resting = done(client.placeOrder(limit(BOB, Side.SELL, 150_00, 100, null)));
        PlacedOrder taking = done(client.placeOrder(limit(ALICE, Side.BUY, 151_00, 40, null)));

        assertThat(resting.order().status()).isEqualTo(OrderStatus.NEW);
        assertThat(resting.order().terms()).isEqualTo(limit(BOB, Side.SELL, 150_00, 100, null));
        assertThat(taking.order().status()).isEqualTo(OrderStatus.FILLED);
        assertThat(taking.fills()).hasSize(1);
        Fill fill = taking.fills().get(0);
        assertThat(fill.orderId()).isEqualTo(taking.order().id());
        assertThat(List.of(fill.price(), fill.quantity(), fill.notional()))
                .containsExactly(150_00L, 40L, 6_000_00L);
        assertThat(fill.liquidity()).isEqualTo(Liquidity.TAKER);

        Order maker = done(client.order(BOB, resting.order().id()));
        assertThat(maker.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
        assertThat(maker.remainingQuantity()).isEqualTo(60);
        Account alice = done(client.account(ALICE));
        assertThat(alice.cash()).containsExactly(new CashBalance(USD, 994_000_00, 0, 0));
        assertThat(alice.positions()).containsExactly(new PositionBalance(AAPL, 40, 0));
        assertThat(done(client.instruments()).get(0).lastPrice()).isEqualTo(150_00);
    }

    /** All her cash is held by one order, so the next has to wait for its cancel. */
    @Test
    void whatIsSubmittedAfterACancelFindsItDone() throws Exception {
        try (EngineClient two = EngineClient.start(engine.settings().withCancelWindow(64))) {
            assertThat(two.awaitConnected(SOON)).isTrue();
            OrderTerms allIn = limit(ALICE, Side.BUY, 10_000_00, 100, null);
            OrderId resting = done(two.placeOrder(allIn)).order().id();
            for (int i = 0; i < 500; i++) {
                CompletableFuture<Outcome<Order>> canceled = two.cancelOrder(ALICE, resting);
                CompletableFuture<Outcome<PlacedOrder>> next = two.placeOrder(allIn);

                assertThat(done(canceled).status()).isEqualTo(OrderStatus.CANCELED);
                resting = done(next).order().id();
            }
        }
    }

    @Test
    void whatIsOnDiskIsToldWithEachAnswer() throws Exception {
        long before = client.durableSequence();
        Outcome<PlacedOrder> resting =
                client.placeOrder(limit(BOB, Side.SELL, 150_00, 100, null)).get();

        assertThat(((Outcome.Done<PlacedOrder>) resting).sequence())
                .isGreaterThan(before)
                .isLessThanOrEqualTo(client.durableSequence());
    }

    @Test
    void aReplacedOrderHasTheNewTermsAndMayTrade() throws Exception {
        done(client.placeOrder(limit(BOB, Side.SELL, 150_00, 30, null)));
        OrderId id = done(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 10, null))).order().id();

        PlacedOrder smaller = done(client.replaceOrder(new ReplaceOrder(ALICE, id, 0, 7, 0, 0)));
        PlacedOrder dearer =
                done(client.replaceOrder(new ReplaceOrder(ALICE, id, 150_00, 40, 0, 0)));

        assertThat(smaller.order().terms()).isEqualTo(limit(ALICE, Side.BUY, 100_00, 7, null));
        assertThat(smaller.fills()).isEmpty();
        assertThat(dearer.order().id()).isEqualTo(id);
        assertThat(dearer.order().status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
        assertThat(dearer.order().remainingQuantity()).isEqualTo(10);
        assertThat(dearer.fills()).extracting(Fill::quantity).containsExactly(30L);
        assertThat(client.replaceOrder(new ReplaceOrder(BOB, id, 0, 1, 0, 0)).get())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        no -> assertThat(no.code()).isEqualTo(RejectCode.UNKNOWN_ORDER));
    }

    @Test
    void aClientOrderIdExecutesOnce() throws Exception {
        ClientOrderId id = new ClientOrderId("first");
        PlacedOrder first = done(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 10, id)));

        PlacedOrder again = done(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 10, id)));
        assertThat(again.duplicate()).isTrue();
        assertThat(again.order().id()).isEqualTo(first.order().id());
        assertThat(done(client.order(ALICE, id)).id()).isEqualTo(first.order().id());

        assertThat(get(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 11, id))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.code())
                                        .isEqualTo(RejectCode.DUPLICATE_CLIENT_ORDER_ID));
    }

    @Test
    void cancelsEndOrdersAndFindOnlyTheAccountsOwn() throws Exception {
        OrderId id = done(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 10, null))).order().id();

        assertThat(rejection(client.cancelOrder(BOB, id))).isEqualTo(RejectCode.UNKNOWN_ORDER);
        assertThat(done(client.cancelOrder(ALICE, id)).status()).isEqualTo(OrderStatus.CANCELED);
        assertThat(rejection(client.cancelOrder(ALICE, id))).isEqualTo(RejectCode.UNKNOWN_ORDER);

        done(client.placeOrder(limit(ALICE, Side.BUY, 100_00, 1, null)));
        done(client.placeOrder(limit(ALICE, Side.BUY, 101_00, 1, null)));
        assertThat(done(client.cancelAll(ALICE, AAPL))).hasSize(2);
        assertThat(done(client.cancelAll(ALICE))).isEmpty();
    }

    @Test
    void administrationIsUnderstood() throws Exception {
        done(client.adjustCash(ALICE, USD, -1_000_000_00, "all-out"));
        assertThat(rejection(client.checkOrder(limit(ALICE, Side.BUY, 100_00, 1, null))))
                .isEqualTo(RejectCode.INSUFFICIENT_FUNDS);
        done(client.setLimits(ALICE, USD, 500_00, 5));
        done(client.checkOrder(limit(ALICE, Side.BUY, 100_00, 1, null)));
        done(client.adjustPosition(ALICE, AAPL, 7, "gift"));
        done(client.suspendAccount(ALICE));
        Account alice = done(client.account(ALICE));
        assertThat(alice.suspended()).isTrue();
        assertThat(alice.shortLimit()).isEqualTo(5);
        assertThat(alice.positions()).containsExactly(new PositionBalance(AAPL, 7, 0));
        assertThat(rejection(client.checkOrder(limit(ALICE, Side.BUY, 100_00, 1, null))))
                .isEqualTo(RejectCode.ACCOUNT_SUSPENDED);
        done(client.resumeAccount(ALICE));
        done(client.setInstrumentStatus(AAPL, InstrumentStatus.HALTED));
        assertThat(rejection(client.checkOrder(limit(ALICE, Side.BUY, 100_00, 1, null))))
                .isEqualTo(RejectCode.MARKET_HALTED);
        done(client.closeSession());
        done(client.defineInstrument(instrument()));
        assertThat(done(client.instruments())).containsExactly(instrument());
    }

    @Test
    void aKillInMidFlightLosesNothingAcknowledgedAndRepeatsNothing() throws Exception {
        Journal journal = new Journal();
        AtomicInteger next = new AtomicInteger();
        Map<ClientOrderId, OrderId> acknowledged = new ConcurrentHashMap<>();
        ExecutorService traders = Executors.newFixedThreadPool(8);
        try (EngineFeed feed = EngineFeed.of(engine.settings())) {
            feed.subscribe(0, journal);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                work.add(
                        traders.submit(
                                () -> {
                                    placeUntilAcknowledged(next, 2_000, acknowledged);
                                    return null;
                                }));
            }
            for (int kills = 1; kills <= 2; kills++) {
                int target = 600 * kills;
                await().atMost(SOON).until(() -> acknowledged.size() > target);
                engine.kill();
                engine.restart();
            }
            for (Future<?> trader : work) {
                trader.get(90, TimeUnit.SECONDS);
            }
            assertThat(acknowledged).hasSize(2_000);
            await().atMost(SOON).until(() -> journal.accepted().size() >= 2_000);

            assertThat(journal.failures).isEmpty();
            assertThat(journal.accepted()).isEqualTo(acknowledged);
            assertThat(journal.market.snapshot(AAPL, 1).bids())
                    .containsExactly(new BookLevel(1_00, 2_000, 2_000));
        } finally {
            traders.shutdownNow();
        }
    }

    @Test
    void aFrozenEngineIsNoticedWithinTwoSecondsAndFoundAgain() throws Exception {
        engine.freeze();
        long start = System.nanoTime();
        CompletableFuture<Outcome<Account>> asked = client.account(ALICE);

        await().atMost(SOON).until(() -> !client.connected());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(get(asked)).isInstanceOf(Outcome.Unknown.class);

        engine.thaw();
        assertThat(client.awaitConnected(SOON)).isTrue();
        done(client.account(ALICE));
    }

    @Test
    void aSubscriberAheadOfTheEngineIsRefused() {
        Journal journal = new Journal();
        try (EngineFeed feed = EngineFeed.of(engine.settings())) {
            feed.subscribe(1_000_000, journal);

            await().atMost(SOON).until(() -> !journal.failures.isEmpty());

            assertThat(journal.failures.get(0).reason())
                    .isEqualTo(EventListener.FeedFailure.Reason.AHEAD_OF_ENGINE);
        }
    }

    @Test
    void aSubscriberWhoseLastEventWasLostIsRefusedThoughTheEngineIsBeyondIt() throws Exception {
        Journal seen = new Journal();
        try (EngineFeed feed = EngineFeed.of(engine.settings())) {
            engine.kill();
            engine.copyJournal();
            restart();
            placeOrders(3);
            feed.subscribe(0, seen);
            await().atMost(SOON).until(() -> seen.orders.size() == 3);
        }
        Event.OrderAccepted last = seen.orders.get(2);

        engine.kill();
        engine.putJournalBack();
        restart();
        placeOrders(5);

        Journal refused = new Journal();
        try (EngineFeed feed = EngineFeed.of(engine.settings())) {
            feed.subscribe(last.sequence(), last.timeNanos(), refused);
            await().atMost(SOON).until(() -> !refused.failures.isEmpty());
        }
        assertThat(refused.failures.get(0).reason())
                .isEqualTo(EventListener.FeedFailure.Reason.AHEAD_OF_ENGINE);
        assertThat(refused.failures.get(0).message())
                .contains("sequence " + last.sequence() + " of time " + last.timeNanos())
                .contains("rolled back");
        assertThat(refused.orders).isEmpty();
    }

    private void restart() throws Exception {
        engine.restart();
        await().atMost(SOON).until(() -> client.account(ALICE).join() instanceof Outcome.Done);
    }

    private void placeOrders(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            done(client.placeOrder(limit(ALICE, Side.BUY, 1_00, 1, null)));
        }
    }

    /**
     * As a client does that wants its order in, once: the same id until the engine has answered.
     */
    private void placeUntilAcknowledged(
            AtomicInteger next, int limit, Map<ClientOrderId, OrderId> acknowledged)
            throws InterruptedException {
        for (int n = next.incrementAndGet(); n <= limit; n = next.incrementAndGet()) {
            ClientOrderId id = new ClientOrderId("order-" + n);
            OrderTerms terms = limit(ALICE, Side.BUY, 1_00, 1, id);
            Outcome<PlacedOrder> outcome = client.placeOrder(terms).join();
            while (!(outcome instanceof Outcome.Done<PlacedOrder>)) {
                assertThat(outcome).isNotInstanceOf(Outcome.Rejected.class);
                client.awaitConnected(SOON);
                outcome = client.placeOrder(terms).join();
            }
            acknowledged.put(id, ((Outcome.Done<PlacedOrder>) outcome).value().order().id());
        }
    }

    /** Keeps the feed's orders and builds the book from it. */
    private static final class Journal implements EventListener {
        final MarketBook market = new MarketBook();
        final List<FeedFailure> failures = new CopyOnWriteArrayList<>();
        private final List<Event.OrderAccepted> orders = new CopyOnWriteArrayList<>();

        @Override
        public void onEvents(List<Event> events, long durableSequence) {
            for (Event event : events) {
                market.apply(event);
                if (event instanceof Event.OrderAccepted accepted) {
                    orders.add(accepted);
                }
            }
        }

        @Override
        public void onFailed(FeedFailure failure) {
            failures.add(failure);
        }

        /** Fails on an id that was accepted twice. */
        Map<ClientOrderId, OrderId> accepted() {
            return orders.stream()
                    .collect(
                            Collectors.toMap(
                                    event -> event.terms().clientOrderId(),
                                    Event.OrderAccepted::orderId));
        }
    }

    private static OrderTerms limit(
            AccountId account, Side side, long price, long quantity, @Nullable ClientOrderId id) {
        return new OrderTerms(
                account,
                AAPL,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                quantity,
                price,
                0,
                0,
                0,
                0,
                false,
                SelfTradePrevention.CANCEL_NEWEST,
                id);
    }

    private static Instrument instrument() {
        return new Instrument(
                AAPL,
                USD,
                new Scale(2),
                new Scale(0),
                new Scale(2),
                1,
                1,
                1_000_000,
                0,
                0,
                0,
                0,
                0,
                InstrumentStatus.OPEN,
                0);
    }

    private static <T> T done(CompletableFuture<Outcome<T>> future) throws Exception {
        Outcome<T> outcome = get(future);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static RejectCode rejection(CompletableFuture<? extends Outcome<?>> future)
            throws Exception {
        Outcome<?> outcome = get(future);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<?>) outcome).code();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
