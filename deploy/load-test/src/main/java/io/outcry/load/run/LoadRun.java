package io.outcry.load.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.outcry.load.flow.Mix;
import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.TradedInstrument;
import io.outcry.load.http.Connection;
import io.outcry.load.http.EventLoop;
import io.outcry.load.run.RunResult.ClientResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One load run from the registrations to the last answer. Runs on the thread that calls {@link
 * #run()}; {@link #stop()} may come from any other.
 */
public final class LoadRun {
    private static final long STOP_CHECK_NANOS = 50_000_000;

    private final Settings settings;
    private final RunObserver observer;
    private final Clock clock;
    private volatile boolean stopRequested;

    public LoadRun(Settings settings, RunObserver observer, Clock clock) {
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
    }

    /** Ends the run early: what is under way is still waited for. */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Runs to the end.
     *
     * @throws IOException when the target cannot be asked what a run must know, or the order log
     *     cannot be written
     */
    public RunResult run() throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(settings.target().getHost(), settings.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(settings.target().getHost());
        }
        Instant startedAt = clock.instant();
        try (EventLoop loop = new EventLoop();
                OrderLog log = OrderLog.open(startedAt, settings.record())) {
            RunContext context =
                    new RunContext(
                            RunContext.newId(),
                            settings,
                            loop,
                            new OutcomeReader(),
                            new LiveCounts(),
                            log);
            List<Connection> connections =
                    IntStream.range(0, settings.clients())
                            .mapToObj(client -> new Connection(loop, address))
                            .toList();
            return run(context, connections, startedAt);
        }
    }

    private RunResult run(RunContext context, List<Connection> connections, Instant startedAt)
            throws IOException {
        Venue venue = new Venue(context.loop(), settings);
        JsonNode health = venue.health(connections.get(0));
        Registrations registrations = register(context, connections);
        List<Account> accounts = registrations.accounts();
        List<OrderFlow> flows =
                accounts.isEmpty() ? List.of() : flows(venue, connections, accounts);
        Window window = new Window(context.loop().now(), settings);
        List<Client> clients = clients(context, window, connections, accounts, flows);

        long cpuBefore = processCpuNanos();
        observer.started(context.live(), settings.warmup().plus(settings.duration()));
        trade(context.loop(), window, clients);
        observer.ended();
        return new RunResult(
                settings,
                startedAt,
                registrations,
                clients.stream().map(LoadRun::result).toList(),
                elapsedNanos(window, clients),
                processCpuNanos() - cpuBefore,
                health);
    }

    private Registrations register(RunContext context, List<Connection> connections)
            throws IOException {
        observer.registering(connections.size());
        Registrations registrations = new Registrations(context);
        registrations.start(connections);
        context.loop().run(registrations::complete);
        observer.registered(registrations);
        return registrations;
    }

    private List<OrderFlow> flows(Venue venue, List<Connection> connections, List<Account> accounts)
            throws IOException {
        if (!settings.mix().needsTerms()) {
            return Mix.marketFlows(settings.symbols().get(0), connections.size());
        }
        Account first = accounts.get(0);
        Connection connection = connections.get(first.client());
        List<TradedInstrument> instruments = venue.instruments(connection, first.token());
        return settings.mix().quotingFlows(instruments, settings.seed(), connections.size());
    }

    private List<Client> clients(
            RunContext context,
            Window window,
            List<Connection> connections,
            List<Account> accounts,
            List<OrderFlow> flows) {
        List<Client> clients = new ArrayList<>();
        for (Account account : accounts) {
            Connection connection = connections.get(account.client());
            OrderFlow flow = flows.get(account.client());
            Pace pace = pace(window, clients.size(), accounts.size());
            clients.add(new Client(context, window, account, connection, flow, pace));
        }
        return clients;
    }

    private Pace pace(Window window, int client, int clients) {
        return settings.ratePerSecond() == 0
                ? Pace.backToBack()
                : Pace.fixedRate(window.startNanos(), settings.ratePerSecond(), client, clients);
    }

    private void trade(EventLoop loop, Window window, List<Client> clients) throws IOException {
        checkForStop(loop, window);
        clients.forEach(Client::next);
        loop.run(
                () ->
                        clients.stream().allMatch(Client::finished)
                                || (stopRequested && clients.stream().noneMatch(Client::busy)));
    }

    private void checkForStop(EventLoop loop, Window window) {
        if (stopRequested) {
            window.cut(loop.now());
        } else {
            loop.at(loop.now() + STOP_CHECK_NANOS, () -> checkForStop(loop, window));
        }
    }

    private static long elapsedNanos(Window window, List<Client> clients) {
        long end = window.endNanos();
        for (Client client : clients) {
            end = Math.max(end, client.finishedNanos());
        }
        return Math.max(1, end - window.measureNanos());
    }

    private static ClientResult result(Client client) {
        return new ClientResult(
                client.account().client(),
                client.account().username(),
                client.warmup(),
                client.orders(),
                client.cancels());
    }

    private static long processCpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
