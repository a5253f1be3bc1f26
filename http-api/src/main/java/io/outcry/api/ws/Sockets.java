package io.outcry.api.ws;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Route;
import io.outcry.api.http.Socket;
import io.outcry.api.http.SocketRoute;
import io.outcry.api.json.Times;
import io.outcry.api.metrics.WorkerWaits;
import io.outcry.domain.access.Tickets;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.store.AccountStateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All WebSockets of this replica: lets them in, sends heartbeats, and lets go of those that are too
 * slow, unused, too old or no longer allowed. Safe for use by many threads.
 */
public final class Sockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final int MOST_SESSIONS = 10_000;
    private static final int WORKERS = 16;
    private static final int STARTERS = 8;
    private static final long IDLE_SECONDS = 60;
    private static final long SWEEP_MS = 500;
    private static final long HEARTBEAT_SECONDS = 10;
    private static final long RENEW_SECONDS = 1;
    private static final long AGE_SPREAD = 20;
    private static final long MAY_STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MAY_BE_UNUSED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MAY_LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final MarketHub market;
    private final Conflation marketNews;
    private final AccountHub accounts;
    private final Tickets tickets;
    private final Callers callers;
    private final OrderDesk desk;
    private final AccountPlaces places;
    private final Duration mostAge;
    private final BooleanSupplier open;
    private final Clock clock;
    private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private final Executor queue;
    private final ThreadPoolExecutor starters;
    private final ScheduledExecutorService timer;

    /** Where what clients follow comes from. */
    public record Sources(
            MarketDataCache marketData,
            AccountFanOut accounts,
            AccountStateStore accountStates,
            Tickets tickets) {
        public Sources with(Tickets others) {
            return new Sources(marketData, accounts, accountStates, others);
        }
    }

    /**
     * Begins to look after sockets; none comes until {@link #route} is served.
     *
     * @param open whether clients may connect
     */
    public Sockets(
            InstrumentTable instruments,
            ReadAfterWrite reads,
            Sources sources,
            Callers callers,
            OrderDesk desk,
            SocketLimits limits,
            BooleanSupplier open,
            MeterRegistry registry,
            Clock clock) {
        this.market = new MarketHub(instruments, sources.marketData());
        this.marketNews = Conflation.start(market);
        this.tickets = sources.tickets();
        this.callers = callers;
        this.desk = desk;
        this.places = new AccountPlaces(limits.perAccount());
        this.mostAge = limits.mostAge();
        this.open = open;
        this.clock = clock;
        // Each session has at most one task in the queue, which therefore is bounded.
        workers = pool(WORKERS, "sockets");
        WorkerWaits waits = new WorkerWaits(registry);
        queue = waits.measured("sockets", workers);
        // Likewise each following. Nobody's request waits behind them while the database is away.
        starters = pool(STARTERS, "sockets-starter");
        accounts =
                new AccountHub(
                        sources.accounts(),
                        reads,
                        new AccountSnapshots(sources.accountStates(), instruments),
                        waits.measured("sockets-starter", starters));
        timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sockets-timer"));
        every(SWEEP_MS, TimeUnit.MILLISECONDS, this::sweep);
        every(HEARTBEAT_SECONDS, TimeUnit.SECONDS, this::beat);
        every(RENEW_SECONDS, TimeUnit.SECONDS, accounts::renew);
        Gauge.builder("outcry.sockets", sessions, Set::size)
                .description("WebSockets that are open")
                .register(registry);
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> daemon(task, name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs until the timer is shut down, whatever the task throws. */
    private void every(long period, TimeUnit unit, Runnable task) {
        ScheduledFuture<?> unused =
                timer.scheduleAtFixedRate(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                LOG.error("looking after sockets failed", e);
                            }
                        },
                        period,
                        period,
                        unit);
    }

    /** Who is to hear the market's updates. */
    public MarketListener marketListener() {
        return marketNews;
    }

    /** Who is to hear what becomes of accounts. */
    public AccountListener accountListener() {
        return accounts;
    }

    /** Gives tickets with which clients connect. */
    public Route ticketRoute() {
        return Route.post(
                "/api/auth/ws-ticket", Route.Access.ANY, new TicketOffice(tickets, callers)::sell);
    }

    /** Where clients connect. */
    public SocketRoute route() {
        return new SocketRoute("/ws", this::connected);
    }

    private Socket.Listener connected(Socket socket, @Nullable String ticket) {
        return new Entry(socket, session -> greet(session, socket.site(), ticket)).session;
    }

    private void greet(SocketSession session, String site, @Nullable String ticket) {
        if (!open.getAsBoolean()) {
            session.leave(CloseStatus.TRY_LATER, "the server is starting or stopping");
        } else if (sessions.size() > MOST_SESSIONS) {
            session.leave(CloseStatus.TRY_LATER, "too many connections");
        } else if (ticket != null) {
            session.authenticate(() -> new TicketOffice(tickets, callers).redeem(ticket, site));
        }
    }

    /** Ties a session to its place among the others. */
    private final class Entry {
        private final SocketSession session;

        Entry(Socket socket, Consumer<SocketSession> onOpened) {
            session =
                    new SocketSession(
                            socket,
                            market,
                            accounts,
                            callers,
                            desk,
                            places,
                            lastMoment(),
                            queue,
                            onOpened,
                            this::remove);
            sessions.add(session);
        }

        private void remove() {
            sessions.remove(session);
        }
    }

    /** Not the same for all that came when a replica started: they would all leave at once. */
    private Instant lastMoment() {
        long earlierMs = ThreadLocalRandom.current().nextLong(mostAge.toMillis() / AGE_SPREAD + 1);
        return clock.instant().plus(mostAge).minusMillis(earlierMs);
    }

    private void beat() {
        byte[] message = Messages.plain("heartbeat", null, "time", now());
        sessions.forEach(session -> session.hear(message));
    }

    private String now() {
        return Times.format(TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    private void sweep() {
        Instant now = clock.instant();
        for (SocketSession session : sessions) {
            if (session.leavingNanos() > MAY_LEAVE_NANOS) {
                session.cut();
            } else if (session.stalledNanos() > MAY_STALL_NANOS) {
                session.leave(CloseStatus.TOO_SLOW, "nothing was taken for too long");
            } else if (session.unusedNanos() > MAY_BE_UNUSED_NANOS) {
                session.leave(
                        CloseStatus.POLICY, "no channel was subscribed to, and nothing ordered");
            } else if (!now.isBefore(session.lastMoment())) {
                session.leaveAged();
            } else if (session.checkCaller()) {
                checkWhenExpired(session, now);
            }
        }
    }

    /** Only those that expire before the next sweep have a task of their own. */
    private void checkWhenExpired(SocketSession session, Instant now) {
        if (session.until().isBefore(now.plusMillis(SWEEP_MS))) {
            long leftMs = Duration.between(now, session.until()).toMillis() + 1;
            ScheduledFuture<?> unused =
                    timer.schedule(session::checkCaller, leftMs, TimeUnit.MILLISECONDS);
        }
    }

    /** Tells all clients to go to another replica, each as soon as its orders are answered. */
    public void drain() {
        sessions.forEach(SocketSession::drain);
    }

    @Override
    public void close() {
        drain();
        timer.shutdownNow();
        marketNews.close();
        workers.shutdownNow();
        starters.shutdownNow();
    }
}
