package io.outcry.api.ws;

import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the accounts that somebody follows live, while this replica writes the projection: what
 * is told has been committed. The projector's thread never waits for the cache, which a thread of
 * its own fills. Closing it ends that thread.
 */
public final class AccountPublisher implements ProjectionFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccountPublisher.class);
    private static final long PUBLISH_MS = 20;
    private static final long WANTED_MS = 250;
    private static final int MOST_PENDING = 50_000;

    private record Booking(AccountId accountId, long sequence) {}

    private final AccountFanOut fanOut;
    private final ScheduledExecutorService timer;

    /** Held to publish, and taken before this. */
    private final Object publishing = new Object();

    // Guarded by this: the accounts told of, with the sequence that their chain has come to.
    private final Map<AccountId, Long> chains = new HashMap<>();
    private List<AccountUpdate> pending = new ArrayList<>();
    private @Nullable AccountTexts texts;
    private long position;

    private AccountPublisher(AccountFanOut fanOut) {
        this.fanOut = fanOut;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "accounts-publisher");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Tells nothing until it is told that this replica leads. */
    public static AccountPublisher start(AccountFanOut fanOut) {
        AccountPublisher publisher = new AccountPublisher(fanOut);
        publisher.every(PUBLISH_MS, publisher::publish);
        publisher.every(WANTED_MS, publisher::refreshWanted);
        return publisher;
    }

    /** Runs until the timer is shut down, whatever the task throws. */
    private void every(long periodMs, Runnable task) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (CacheUnavailableException e) {
                                LOG.debug("accounts wait for the cache", e);
                            } catch (RuntimeException e) {
                                LOG.error("accounts could not be told of", e);
                                beginAnew();
                            }
                        },
                        periodMs,
                        periodMs,
                        TimeUnit.MILLISECONDS);
    }

    /** Goes on with what the writer before has told, if that is all up to here. */
    @Override
    public void leading(MarketState market) {
        Map<AccountId, Long> told = takeOver(market.sequence());
        synchronized (this) {
            beginAnew();
            chains.putAll(told);
            texts = new AccountTexts(market.instruments());
            position = market.sequence();
        }
    }

    private Map<AccountId, Long> takeOver(long from) {
        try {
            return fanOut.takeOver(from);
        } catch (CacheUnavailableException e) {
            LOG.debug("what was told before is not known", e);
            return Map.of();
        }
    }

    /** Tells what is left, and leaves the rest to the next writer, as far as that can be. */
    @Override
    public void resigned() {
        synchronized (publishing) {
            try {
                publish();
                Map<AccountId, Long> told;
                long end;
                synchronized (this) {
                    told = texts == null ? Map.of() : Map.copyOf(chains);
                    end = position;
                }
                if (!told.isEmpty()) {
                    fanOut.handOver(end, told);
                }
            } catch (CacheUnavailableException e) {
                LOG.debug("accounts are not handed over", e);
            }
            synchronized (this) {
                beginAnew();
                texts = null;
            }
        }
    }

    /** What was to be told is lost: every chain starts over. */
    private synchronized void beginAnew() {
        chains.clear();
        pending.clear();
    }

    @Override
    public synchronized void written(List<Event> events, List<LedgerEntry> booked) {
        AccountTexts current = texts;
        if (current == null) {
            return;
        }
        Map<Booking, LedgerEntry> bookings = new HashMap<>();
        if (!chains.isEmpty()) {
            booked.forEach(
                    entry -> bookings.put(new Booking(entry.accountId(), entry.sequence()), entry));
        }
        for (Event event : events) {
            if (event instanceof Event.InstrumentDefined e) {
                current.defined(e.instrument());
            } else if (!chains.isEmpty()) {
                tell(event, current, bookings);
            }
        }
        if (!events.isEmpty()) {
            position = events.get(events.size() - 1).sequence();
        }
        if (pending.size() > MOST_PENDING) {
            beginAnew();
        }
    }

    private void tell(Event event, AccountTexts current, Map<Booking, LedgerEntry> bookings) {
        if (event instanceof Event.OrderAccepted e) {
            tell(e, e.terms().accountId(), () -> current.accepted(e), current, bookings);
        } else if (event instanceof Event.Traded e) {
            tell(
                    e,
                    e.makerAccountId(),
                    () -> current.traded(e, Liquidity.MAKER),
                    current,
                    bookings);
            tell(
                    e,
                    e.takerAccountId(),
                    () -> current.traded(e, Liquidity.TAKER),
                    current,
                    bookings);
        } else if (event instanceof Event.OrderCanceled e) {
            tell(e, e.accountId(), () -> current.canceled(e), current, bookings);
        } else if (event instanceof Event.OrderExpired e) {
            tell(e, e.accountId(), () -> current.expired(e), current, bookings);
        } else if (event instanceof Event.OrderReplaced e) {
            tell(e, e.accountId(), () -> current.replaced(e), current, bookings);
        } else if (event instanceof Event.OrderTriggered e) {
            tell(e, e.accountId(), () -> current.triggered(e), current, bookings);
        } else if (event instanceof Event.CashAdjusted e) {
            tell(e, e.accountId(), null, current, bookings);
        } else if (event instanceof Event.PositionAdjusted e) {
            tell(e, e.accountId(), null, current, bookings);
        }
    }

    /** Makes of an event what an account's owner is told. */
    @FunctionalInterface
    private interface Telling {
        String text();
    }

    private void tell(
            Event event,
            AccountId account,
            @Nullable Telling order,
            AccountTexts current,
            Map<Booking, LedgerEntry> bookings) {
        Long previous = chains.get(account);
        if (previous == null) {
            return;
        }
        LedgerEntry entry = bookings.get(new Booking(account, event.sequence()));
        pending.add(
                new AccountUpdate(
                        account,
                        event.sequence(),
                        previous,
                        order == null ? null : order.text(),
                        entry == null ? null : current.booked(entry)));
        chains.put(account, event.sequence());
    }

    private void publish() {
        synchronized (publishing) {
            List<AccountUpdate> taken;
            synchronized (this) {
                if (pending.isEmpty()) {
                    return;
                }
                taken = pending;
                pending = new ArrayList<>();
            }
            List<AccountUpdate> untold = fanOut.publish(taken);
            if (!untold.isEmpty()) {
                giveBack(untold);
                throw new CacheUnavailableException(untold.size() + " updates wait", null);
            }
        }
    }

    /**
     * They are told again, since whether they were is not known; who hears one twice knows that.
     */
    private synchronized void giveBack(List<AccountUpdate> untold) {
        List<AccountUpdate> all = new ArrayList<>(untold);
        all.addAll(pending);
        pending = all;
        if (all.size() > MOST_PENDING) {
            beginAnew();
        }
    }

    /** Of an account that is new, its followers are told from which sequence on they hear all. */
    private void refreshWanted() {
        synchronized (this) {
            if (texts == null) {
                return;
            }
        }
        Set<AccountId> wanted = fanOut.wanted();
        synchronized (this) {
            if (texts == null) {
                return;
            }
            chains.keySet().retainAll(wanted);
            for (AccountId account : wanted) {
                if (chains.putIfAbsent(account, position) == null) {
                    pending.add(
                            new AccountUpdate(
                                    account, position, AccountUpdate.CHAIN_BEGINS, null, null));
                }
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
