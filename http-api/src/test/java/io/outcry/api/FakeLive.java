package io.outcry.api;

import io.outcry.domain.access.Tickets;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.account.AccountUpdate;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.AccountStateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What sockets follow, in memory: a test tells what is heard. Safe for many threads. */
final class FakeLive implements Dependencies.LiveData, AccountFanOut, AccountStateStore, Tickets {
    private final FakeEngine engine;
    private final Map<String, String> tickets = new ConcurrentHashMap<>();
    private final Map<AccountId, List<AccountUpdate>> kept = new ConcurrentHashMap<>();
    private final Set<AccountId> wanted = ConcurrentHashMap.newKeySet();
    private volatile Map<AccountId, Long> handedOver = Map.of();
    private volatile long handedOverAt = -1;
    volatile boolean away;

    /** What those who ask who is wanted wait for. */
    volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    volatile MarketListener market;
    volatile AccountListener accounts;

    FakeLive(FakeEngine engine) {
        this.engine = engine;
    }

    @Override
    public Subscription listen(MarketListener marketListener, AccountListener accountListener) {
        market = marketListener;
        accounts = accountListener;
        return () -> {};
    }

    @Override
    public List<AccountUpdate> publish(List<AccountUpdate> updates) {
        for (AccountUpdate update : updates) {
            kept.computeIfAbsent(update.accountId(), id -> new ArrayList<>()).add(update);
            accounts.onUpdates(update.accountId(), List.of(update));
        }
        return List.of();
    }

    @Override
    public Optional<List<AccountUpdate>> since(AccountId accountId, long sequence) {
        List<AccountUpdate> all = kept.get(accountId);
        return all == null
                ? Optional.empty()
                : Optional.of(all.stream().filter(each -> each.sequence() > sequence).toList());
    }

    @Override
    public void want(Set<AccountId> more) {
        for (AccountId account : more) {
            if (wanted.add(account)) {
                accounts.onUpdates(account, List.of());
            }
        }
    }

    @Override
    public Set<AccountId> wanted() {
        held.join();
        if (away) {
            throw new CacheUnavailableException("told to be away", new IllegalStateException());
        }
        return Set.copyOf(wanted);
    }

    @Override
    public void handOver(long position, Map<AccountId, Long> told) {
        handedOver = Map.copyOf(told);
        handedOverAt = position;
    }

    @Override
    public Map<AccountId, Long> takeOver(long position) {
        return position == handedOverAt ? handedOver : Map.of();
    }

    @Override
    public AccountState find(AccountId accountId, int mostOrders) {
        synchronized (engine) {
            List<Order> open =
                    engine.orders.values().stream()
                            .filter(order -> order.terms().accountId().equals(accountId))
                            .filter(order -> order.status().open())
                            .toList();
            return new AccountState(
                    engine.sequence(),
                    Optional.ofNullable(engine.accounts.get(accountId.value()))
                            .map(engine::account),
                    open);
        }
    }

    @Override
    public void leave(String ticket, String content, Duration lifetime) {
        tickets.put(ticket, content);
    }

    @Override
    public Optional<String> take(String ticket) {
        return Optional.ofNullable(tickets.remove(ticket));
    }
}
