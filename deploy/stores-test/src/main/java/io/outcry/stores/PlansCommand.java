package io.outcry.stores;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills a database through the projection's own writer, then times every query of the stores. */
@Command(
        name = "plans",
        mixinStandardHelpOptions = true,
        description = "Fills a large database, then times every query that the API uses.")
final class PlansCommand implements Callable<Integer> {
    private static final int BATCH = 2_000;
    private static final int WARM_UP = 5;
    private static final long LEDGER_PLACES = 8;
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final Set<OrderStatus> OPEN =
            Arrays.stream(OrderStatus.values())
                    .filter(OrderStatus::open)
                    .collect(Collectors.toUnmodifiableSet());

    @Option(
            names = "--orders",
            defaultValue = "10600000",
            description =
                    "one in twenty stays open, one in a hundred is canceled, the others make three"
                            + " ledger rows each"
                            + " (default: ${DEFAULT-VALUE})")
    long orders;

    @Option(
            names = "--accounts",
            defaultValue = "1000",
            description = "(default: ${DEFAULT-VALUE})")
    int accounts;

    @Option(names = "--symbols", defaultValue = "100", description = "(default: ${DEFAULT-VALUE})")
    int symbols;

    @Option(
            names = "--partitions",
            defaultValue = "10",
            description = "of history (default: ${DEFAULT-VALUE})")
    int partitions;

    @Option(
            names = "--samples",
            defaultValue = "1000",
            description = "of each query (default: ${DEFAULT-VALUE})")
    int samples;

    @Option(
            names = "--limit-ms",
            defaultValue = "20",
            description = "of the 99th percentile (default: ${DEFAULT-VALUE})")
    long limitMs;

    @Option(
            names = "--filled",
            description = "the directory holds what an earlier run filled: time the queries alone")
    boolean filled;

    @Option(
            names = "--data",
            required = true,
            description = "an empty or new directory, unless it is filled")
    Path data;

    @Spec CommandSpec spec;

    private final Random random = new Random(2);

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Servers servers = Servers.in(data, Path.of("unused"))) {
            servers.startPostgres();
            long events = SyntheticTrading.events(orders) + accounts * 2L + symbols;
            try (Persistence persistence =
                    Persistence.open(
                            servers.persistence().withSegmentEvents(events / partitions + 1))) {
                if (!filled) {
                    fill(persistence, servers.persistence());
                }
                readMarket(persistence);
                return measure(persistence) ? 0 : 1;
            }
        }
    }

    private void fill(Persistence persistence, PersistenceSettings database) {
        persistence.migrate();
        HistoryIndexes indexes = HistoryIndexes.putAway(database);
        write(persistence);
        say("indexes made in %.0f s", seconds(indexes::make));
    }

    private void write(Persistence persistence) {
        SyntheticTrading trading = new SyntheticTrading(orders, accounts, symbols);
        long start = System.nanoTime();
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(trading.opening());
            for (long done = 0; done < orders; done += BATCH) {
                List<Event> batch = trading.orders((int) Math.min(BATCH, orders - done));
                leadership.write(batch);
                if (done % (orders / 10 / BATCH * BATCH + BATCH) == 0) {
                    say("%3d %% of %,d orders", done * 100 / orders, orders);
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long open = SyntheticTrading.open(orders);
        long canceled = SyntheticTrading.canceled(orders);
        long events = SyntheticTrading.events(orders);
        say(
                "%,d orders, %,d of them open and %,d canceled, %,d rows of ledger and %,d events"
                        + " written in %.0f s: %,.0f events/s",
                orders,
                open,
                canceled,
                (orders - open - canceled) * 3,
                events,
                seconds,
                events / seconds);
    }

    /** As a new leader does. */
    private void readMarket(Persistence persistence) {
        AtomicLong open = new AtomicLong();
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            double seconds =
                    seconds(() -> leadership.market().openOrders(each -> open.incrementAndGet()));
            say("%,d open orders read by a new leader in %.1f s", open.get(), seconds);
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private boolean measure(Persistence stores) {
        boolean fast = measureOrders(stores);
        fast &= time("fills, newest", () -> stores.orders().fills(account(), first()));
        fast &= time("fills, deep page", () -> stores.orders().fills(account(), deepSequence(1)));
        fast &= time("fills of an order", () -> stores.orders().fills(account(), order(), first()));
        fast &= time("order's life", () -> stores.history().order(account(), order(), first()));
        fast &= time("ledger, newest", () -> stores.ledger().entries(account(), first()));
        fast &=
                time(
                        "ledger, deep page",
                        () -> stores.ledger().entries(account(), deepSequence(LEDGER_PLACES)));
        for (Subject subject : Subject.values()) {
            String what = "statement of an hour: " + subject.name().toLowerCase(Locale.ROOT);
            fast &= time(what, () -> statement(stores, subject));
        }
        fast &= time("account", () -> stores.accounts().find(account()));
        fast &= time("positions", () -> stores.accounts().positions(account()));
        fast &= time("account's history", () -> stores.history().account(account(), first()));
        fast &= time("instrument's history", () -> stores.history().instrument(symbol(), first()));
        fast &= time("trades, newest", () -> stores.market().trades(symbol(), first()));
        fast &= time("trades, deep page", () -> stores.market().trades(symbol(), deep()));
        for (CandleInterval interval : CandleInterval.values()) {
            fast &=
                    time(
                            "candles of " + interval.code(),
                            () -> stores.market().candles(symbol(), interval, first()));
        }
        return fast;
    }

    private boolean measureOrders(Persistence stores) {
        OrderFilter all = new OrderFilter(Set.of(), null);
        OrderFilter closed = new OrderFilter(Set.of(OrderStatus.FILLED), null);
        OrderFilter canceled = new OrderFilter(Set.of(OrderStatus.CANCELED), null);
        OrderFilter open = new OrderFilter(OPEN, null);
        boolean fast = true;
        fast &= time("order by id", () -> stores.orders().find(account(), order()));
        fast &=
                time(
                        "order by client id",
                        () -> stores.orders().find(account(), new ClientOrderId("c" + order())));
        fast &= time("orders, newest", () -> stores.orders().list(account(), all, first()));
        fast &= time("orders, deep page", () -> stores.orders().list(account(), all, deep()));
        fast &= time("orders, closed", () -> stores.orders().list(account(), closed, deep()));
        fast &= time("orders, canceled", () -> stores.orders().list(account(), canceled, deep()));
        fast &= time("orders, open", () -> stores.orders().list(account(), open, first()));
        fast &=
                time(
                        "orders, open, deep page",
                        () -> stores.orders().list(account(), open, deep()));
        fast &=
                time(
                        "orders, open, of a symbol",
                        () ->
                                stores.orders()
                                        .list(account(), new OrderFilter(OPEN, symbol()), first()));
        fast &= time("orders with their fills", () -> withFills(stores, all));
        fast &=
                time(
                        "orders of a symbol",
                        () ->
                                stores.orders()
                                        .list(
                                                account(),
                                                new OrderFilter(Set.of(), symbol()),
                                                first()));
        return fast;
    }

    private Object withFills(Persistence stores, OrderFilter filter) {
        AccountId account = account();
        List<Order> found = stores.orders().list(account, filter, deep());
        return stores.orders().fills(account, found);
    }

    private Object statement(Persistence stores, Subject subject) throws IOException {
        long from = SyntheticTrading.START + random.nextLong(SyntheticTrading.SPAN - HOUR);
        return stores.statements()
                .write(
                        account(),
                        subject,
                        new Period(from, from + HOUR),
                        Format.CSV,
                        OutputStream.nullOutputStream());
    }

    private boolean time(String what, Callable<Object> query) {
        long[] micros = new long[samples];
        try {
            for (int i = 0; i < WARM_UP; i++) {
                query.call();
            }
            for (int i = 0; i < samples; i++) {
                long start = System.nanoTime();
                query.call();
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            }
        } catch (Exception e) {
            throw new IllegalStateException(what + " failed", e);
        }
        Arrays.sort(micros);
        long p99 = micros[samples * 99 / 100];
        say("%-29s p50 %,7d us   p99 %,7d us", what, micros[samples / 2], p99);
        return p99 < TimeUnit.MILLISECONDS.toMicros(limitMs);
    }

    private AccountId account() {
        return new AccountId(1 + random.nextInt(accounts));
    }

    private OrderId order() {
        return new OrderId(1 + random.nextLong(orders));
    }

    private Symbol symbol() {
        return new Symbol("SYM" + random.nextInt(symbols));
    }

    private static Page first() {
        return Page.first(100);
    }

    private Page deep() {
        return new Page(1 + random.nextLong(orders), 100);
    }

    /** So many ids of a list come of an event. */
    private Page deepSequence(long idsOfAnEvent) {
        return new Page(1 + random.nextLong(SyntheticTrading.events(orders) * idsOfAnEvent), 100);
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
