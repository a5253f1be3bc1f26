package io.outcry.api;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.AccountFill;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.CostedPosition;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.StatementStore;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The stores in memory; what is projected is what the fake engine has, unless the projection is
 * told to be behind or away. Safe for many threads.
 */
final class FakeStores
        implements UserStore,
                AccountStore,
                OrderStore,
                LedgerStore,
                StatementStore,
                MarketStore,
                Projection,
                MarketDataCache {
    volatile boolean databaseAway;
    volatile boolean cacheAway;
    volatile boolean behind;

    /** How far the projection comes. */
    volatile long heldAt = Long.MAX_VALUE;

    volatile int statementRows = 1;
    volatile boolean statementBreaks;
    final AtomicInteger statementsBegun = new AtomicInteger();
    volatile CountDownLatch statementsMayGo = new CountDownLatch(0);

    private final FakeEngine engine;
    private final FakeAccess access;
    private final Map<String, User> users = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    FakeStores(FakeEngine engine, FakeAccess access) {
        this.engine = engine;
        this.access = access;
    }

    private <T> T stored(Supplier<T> read) {
        if (databaseAway) {
            throw new StoreUnavailableException("told to be away", new IllegalStateException());
        }
        synchronized (engine) {
            return read.get();
        }
    }

    boolean await(long sequence, Duration timeout) {
        return stored(() -> !behind && sequence <= Math.min(heldAt, engine.sequence()));
    }

    @Override
    public Registration add(NewUser user) {
        return stored(
                () -> {
                    if (users.containsKey(user.username())) {
                        return new Registration.UsernameTaken();
                    }
                    if (users.values().stream()
                            .anyMatch(other -> other.email().equalsIgnoreCase(user.email()))) {
                        return new Registration.EmailTaken();
                    }
                    User added =
                            new User(
                                    UUID.randomUUID(),
                                    user.username(),
                                    user.email(),
                                    user.fullName(),
                                    user.passwordHash(),
                                    new AccountId(users.size() + 1L),
                                    User.Role.TRADER,
                                    User.STANDARD,
                                    Instant.EPOCH);
                    users.put(added.username(), added);
                    return new Registration.Registered(added);
                });
    }

    @Override
    public Optional<User> findByUsername(String username) {
        return stored(() -> Optional.ofNullable(users.get(username)));
    }

    @Override
    public boolean setRole(String username, User.Role role) {
        return stored(
                () ->
                        users.computeIfPresent(
                                        username,
                                        (name, user) ->
                                                with(user, user.passwordHash(), role, user.tier()))
                                != null);
    }

    @Override
    public boolean setTier(AccountId account, String tier) {
        return stored(
                () ->
                        users.values().stream()
                                .filter(user -> user.accountId().equals(account))
                                .findFirst()
                                .map(
                                        user ->
                                                users.put(
                                                        user.username(),
                                                        with(
                                                                user,
                                                                user.passwordHash(),
                                                                user.role(),
                                                                tier)))
                                .isPresent());
    }

    @Override
    public Optional<Set<UUID>> changePassword(PasswordChange change) {
        return stored(
                () -> {
                    User user = findById(change.userId()).orElseThrow();
                    Optional<Set<UUID>> ended = access.replacePassword(change);
                    if (ended.isPresent()) {
                        users.put(
                                user.username(),
                                with(user, change.newHash(), user.role(), user.tier()));
                    }
                    return ended;
                });
    }

    private static User with(User user, String passwordHash, User.Role role, String tier) {
        return new User(
                user.id(),
                user.username(),
                user.email(),
                user.fullName(),
                passwordHash,
                user.accountId(),
                role,
                tier,
                user.createdAt());
    }

    @Override
    public Optional<User> findById(UUID id) {
        return stored(
                () -> users.values().stream().filter(user -> user.id().equals(id)).findFirst());
    }

    @Override
    public Optional<Account> find(AccountId accountId) {
        return stored(
                () ->
                        Optional.ofNullable(engine.accounts.get(accountId.value()))
                                .map(engine::account));
    }

    @Override
    public Holdings holdings(AccountId accountId) {
        return new Holdings(find(accountId), positions(accountId));
    }

    @Override
    public List<CostedPosition> positions(AccountId accountId) {
        return stored(
                () ->
                        find(accountId).stream()
                                .flatMap(account -> account.positions().stream())
                                .map(
                                        position ->
                                                new CostedPosition(
                                                        position.symbol(),
                                                        new Currency("USD"),
                                                        position.quantity(),
                                                        BigInteger.valueOf(
                                                                position.quantity() * 150_000_000L),
                                                        BigInteger.ZERO,
                                                        15_100))
                                .toList());
    }

    @Override
    public Optional<Order> find(AccountId accountId, OrderId orderId) {
        return stored(
                () ->
                        Optional.ofNullable(engine.orders.get(orderId.value()))
                                .filter(of(accountId)));
    }

    @Override
    public Optional<Order> find(AccountId accountId, ClientOrderId clientOrderId) {
        return stored(
                () ->
                        engine.orders.values().stream()
                                .filter(of(accountId))
                                .filter(o -> clientOrderId.equals(o.terms().clientOrderId()))
                                .findFirst());
    }

    private static java.util.function.Predicate<Order> of(AccountId accountId) {
        return order -> order.terms().accountId().equals(accountId);
    }

    @Override
    public List<Order> list(AccountId accountId, OrderFilter filter, Page page) {
        return stored(
                () ->
                        engine.orders.values().stream()
                                .filter(of(accountId))
                                .filter(order -> order.id().value() < page.beforeId())
                                .filter(
                                        order ->
                                                filter.statuses().isEmpty()
                                                        || filter.statuses()
                                                                .contains(order.status()))
                                .filter(
                                        order ->
                                                filter.symbol() == null
                                                        || order.terms()
                                                                .symbol()
                                                                .equals(filter.symbol()))
                                .sorted(
                                        Comparator.comparingLong(
                                                (Order order) -> -order.id().value()))
                                .limit(page.limit())
                                .toList());
    }

    @Override
    public List<AccountFill> fills(AccountId accountId, OrderId orderId, Page page) {
        return stored(
                () ->
                        fills(accountId, Page.first(Page.MAX_LIMIT)).stream()
                                .filter(fill -> fill.fill().orderId().equals(orderId))
                                .filter(fill -> fill.fill().sequence() < page.beforeId())
                                .limit(page.limit())
                                .toList());
    }

    @Override
    public Map<OrderId, List<Fill>> fills(AccountId accountId, Collection<Order> of) {
        return stored(
                () -> of.stream().map(Order::id).collect(Collectors.toMap(id -> id, this::fills)));
    }

    private List<Fill> fills(OrderId orderId) {
        return List.copyOf(engine.fills.getOrDefault(orderId.value(), List.of()));
    }

    @Override
    public List<AccountFill> fills(AccountId accountId, Page page) {
        return stored(
                () -> {
                    List<AccountFill> found = new ArrayList<>();
                    for (Order order : engine.orders.values()) {
                        if (order.terms().accountId().equals(accountId)) {
                            fills(order.id()).stream()
                                    .filter(fill -> fill.sequence() < page.beforeId())
                                    .map(
                                            fill ->
                                                    new AccountFill(
                                                            order.terms().symbol(),
                                                            order.terms().side(),
                                                            fill))
                                    .forEach(found::add);
                        }
                    }
                    found.sort(Comparator.comparingLong(fill -> -fill.fill().sequence()));
                    return List.copyOf(found.subList(0, Math.min(page.limit(), found.size())));
                });
    }

    @Override
    public long position() {
        return stored(engine::sequence);
    }

    @Override
    public Optional<Leadership> tryLead() {
        return Optional.empty();
    }

    @Override
    public void publish(
            List<BookSnapshot> books, List<PublicTrade> trades, List<MarketUpdate> updates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<BookSnapshot> book(Symbol symbol) {
        requireCache();
        return symbol.value().equals("AAPL")
                ? Optional.of(
                        new BookSnapshot(
                                symbol,
                                7,
                                1_700_000_000_000_000_000L,
                                List.of(new BookLevel(14_999, 5, 1), new BookLevel(14_998, 6, 2)),
                                List.of(new BookLevel(15_001, 7, 3))))
                : Optional.empty();
    }

    /** The fake engine keeps no ledger and no candles: the real ones are tested on real stores. */
    @Override
    public List<LedgerEntry> entries(AccountId accountId, Page page) {
        return stored(List::of);
    }

    /** Rows that say what was asked for, and then, when told so, none of what else there is. */
    @Override
    public long write(
            AccountId accountId, Subject subject, Period period, Format format, OutputStream out)
            throws IOException {
        String row = String.join(",", accountId.toString(), subject.name(), format.name()) + "\n";
        statementsBegun.incrementAndGet();
        waitForStatements();
        for (int i = 0; i < statementRows; i++) {
            out.write(row.getBytes(StandardCharsets.US_ASCII));
        }
        if (statementBreaks) {
            throw new StoreUnavailableException("told to break", new IllegalStateException());
        }
        return statementRows;
    }

    private void waitForStatements() {
        try {
            statementsMayGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, Page page) {
        return stored(List::of);
    }

    @Override
    public List<Candle> candles(Symbol symbol, CandleInterval interval, Page page) {
        return stored(List::of);
    }

    @Override
    public Optional<Ticker> ticker(Symbol symbol) {
        long time = 1_700_000_000_000_000_000L;
        return Optional.of(
                new Ticker(
                        symbol,
                        9,
                        time,
                        14_900,
                        5,
                        0,
                        0,
                        15_000,
                        3,
                        time,
                        14_800,
                        15_100,
                        14_700,
                        30,
                        4_500_000_000L,
                        2));
    }

    @Override
    public List<Candle> candles(Symbol symbol) {
        return List.of(
                new Candle(
                        symbol,
                        CandleInterval.ONE_MINUTE,
                        1_700_000_040_000_000_000L,
                        15_000,
                        15_000,
                        15_000,
                        15_000,
                        3,
                        450_000_000L,
                        1,
                        9));
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, int limit) {
        requireCache();
        return List.of(
                new PublicTrade(1, symbol, 15_000, 3, Side.BUY, 9, 1_700_000_000_000_000_000L));
    }

    private void requireCache() {
        if (cacheAway) {
            throw new CacheUnavailableException("told to be away", new IllegalStateException());
        }
    }
}
