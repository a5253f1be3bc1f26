package io.outcry.stores;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Seeded commands of every kind for a real engine, so many under way at a time. One thread calls;
 * answers come on the client's.
 */
final class RandomTrading {
    private static final long MID = 10_000;
    private static final Currency USD = new Currency("USD");
    private static final List<SelfTradePrevention> PREVENTIONS =
            List.of(SelfTradePrevention.values());

    private record Resting(AccountId accountId, OrderId id) {}

    private final Engine engine;
    private final Random random;
    private final int accounts;
    private final List<Symbol> symbols = new ArrayList<>();
    private final int underWay;
    private final Semaphore room;
    private final ConcurrentLinkedQueue<Resting> resting = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastSequence = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private volatile @Nullable Outcome<?> undecided;
    private long placed;

    /** With so many commands under way at most. */
    RandomTrading(Engine engine, long seed, int accounts, int symbolCount, int underWay) {
        this.engine = engine;
        this.random = new Random(seed);
        this.accounts = accounts;
        this.underWay = underWay;
        this.room = new Semaphore(underWay);
        for (int i = 0; i < symbolCount; i++) {
            symbols.add(new Symbol("SYM" + i));
        }
    }

    void prepare() {
        symbols.forEach(symbol -> require(engine.defineInstrument(instrument(symbol, 100)).join()));
        for (int i = 1; i <= accounts; i++) {
            OpenAccount open =
                    new OpenAccount(new AccountId(i), USD, 100_000_000_000L, 0, 1_000_000);
            require(engine.openAccount(open).join());
        }
    }

    private static void require(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Done<?>)) {
            throw new IllegalStateException("the engine did not do it: " + outcome);
        }
    }

    /** Places so many orders, with other commands between them. */
    void place(int orders) throws InterruptedException {
        for (int i = 0; i < orders; i++) {
            requireAllDecided();
            room.acquire();
            hear(engine.placeOrder(terms()));
            int dice = random.nextInt(100);
            if (dice < 25) {
                cancelOne();
            } else if (dice == 25) {
                administer();
            }
        }
    }

    /** Waits until every command has its outcome. */
    void settle() throws InterruptedException {
        room.acquire(underWay);
        room.release(underWay);
        requireAllDecided();
    }

    long lastSequence() {
        return lastSequence.get();
    }

    long accepted() {
        return accepted.get();
    }

    private void hear(CompletableFuture<Outcome<PlacedOrder>> future) {
        CompletableFuture<Void> unused =
                future.thenAccept(
                        outcome -> {
                            seen(outcome);
                            if (outcome instanceof Outcome.Done<PlacedOrder> done) {
                                accepted.incrementAndGet();
                                Order order = done.value().order();
                                if (order.status().open()) {
                                    resting.add(new Resting(order.terms().accountId(), order.id()));
                                }
                            }
                            room.release();
                        });
    }

    private void seen(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?> done) {
            lastSequence.accumulateAndGet(done.sequence(), Math::max);
        } else if (!(outcome instanceof Outcome.Rejected<?>)) {
            undecided = outcome;
        }
    }

    private void requireAllDecided() {
        Outcome<?> outcome = undecided;
        if (outcome != null) {
            throw new IllegalStateException("the engine did not decide: " + outcome);
        }
    }

    private void other(CompletableFuture<? extends Outcome<?>> future) {
        CompletableFuture<Void> unused =
                future.thenAccept(
                        outcome -> {
                            seen(outcome);
                            room.release();
                        });
    }

    private void cancelOne() throws InterruptedException {
        Resting order = resting.poll();
        if (order != null) {
            room.acquire();
            other(engine.cancelOrder(order.accountId(), order.id()));
        }
    }

    private void administer() throws InterruptedException {
        room.acquire();
        AccountId account = account();
        String reference = "r" + placed;
        switch (random.nextInt(7)) {
            case 0 -> other(engine.adjustCash(account, USD, 1 + random.nextInt(900), reference));
            case 1 -> other(engine.adjustPosition(account, symbol(), 5, reference));
            case 2 -> other(engine.setLimits(account, USD, random.nextInt(5_000), 1_000_000));
            case 3 -> other(engine.suspendAccount(account));
            case 4 -> other(engine.setInstrumentStatus(symbol(), InstrumentStatus.HALTED));
            case 5 -> other(engine.closeSession());
            default -> other(engine.defineInstrument(instrument(symbol(), random.nextInt(300))));
        }
        room.acquire();
        other(engine.resumeAccount(account));
        for (Symbol symbol : symbols) {
            room.acquire();
            other(engine.setInstrumentStatus(symbol, InstrumentStatus.OPEN));
        }
    }

    private OrderTerms terms() {
        placed++;
        OrderType type = type();
        long price = MID + random.nextInt(41) - 20;
        boolean stop = type == OrderType.STOP || type == OrderType.STOP_LIMIT;
        boolean priced = type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
        long quantity = 1L + random.nextInt(200);
        return new OrderTerms(
                account(),
                symbol(),
                random.nextBoolean() ? Side.BUY : Side.SELL,
                type,
                timeInForce(type),
                quantity,
                priced ? price : 0,
                stop ? MID + random.nextInt(61) - 30 : 0,
                type == OrderType.TRAILING_STOP ? 1 + random.nextInt(20) : 0,
                priced && random.nextInt(10) == 0 ? 1 + random.nextInt((int) quantity) : 0,
                0,
                false,
                PREVENTIONS.get(random.nextInt(PREVENTIONS.size())),
                clientOrderId());
    }

    private OrderType type() {
        int dice = random.nextInt(20);
        return switch (dice) {
            case 0 -> OrderType.STOP;
            case 1 -> OrderType.STOP_LIMIT;
            case 2 -> OrderType.TRAILING_STOP;
            case 3, 4, 5 -> OrderType.MARKET;
            default -> OrderType.LIMIT;
        };
    }

    private TimeInForce timeInForce(OrderType type) {
        if (type == OrderType.MARKET) {
            return TimeInForce.IOC;
        }
        return switch (random.nextInt(10)) {
            case 0 -> type == OrderType.LIMIT ? TimeInForce.IOC : TimeInForce.GTC;
            case 1 -> type == OrderType.LIMIT ? TimeInForce.FOK : TimeInForce.GTC;
            case 2 -> TimeInForce.DAY;
            default -> TimeInForce.GTC;
        };
    }

    private @Nullable ClientOrderId clientOrderId() {
        return random.nextInt(3) == 0 ? null : new ClientOrderId("c" + placed);
    }

    private AccountId account() {
        return new AccountId(1 + random.nextInt(accounts));
    }

    private Symbol symbol() {
        return symbols.get(random.nextInt(symbols.size()));
    }

    private static Instrument instrument(Symbol symbol, int makerRebatePpm) {
        return new Instrument(
                symbol,
                USD,
                new Scale(2),
                new Scale(0),
                new Scale(2),
                1,
                1,
                1_000_000,
                0,
                MID,
                0,
                -makerRebatePpm,
                500,
                InstrumentStatus.OPEN,
                0);
    }
}
