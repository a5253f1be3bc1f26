package io.outcry.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.accounts.AccountRoutes;
import io.outcry.api.accounts.AccountRoutes.Funding;
import io.outcry.api.admin.AdminRoutes;
import io.outcry.api.audit.Audit;
import io.outcry.api.auth.AccessTokens;
import io.outcry.api.auth.AccountOpening;
import io.outcry.api.auth.AuthRoutes;
import io.outcry.api.auth.CredentialWork;
import io.outcry.api.auth.EndedCredentials;
import io.outcry.api.auth.NewPassword;
import io.outcry.api.config.Profile;
import io.outcry.api.config.Settings;
import io.outcry.api.docs.DocsRoutes;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.health.Component;
import io.outcry.api.health.HealthRoutes;
import io.outcry.api.health.MetricsRoute;
import io.outcry.api.health.Startup;
import io.outcry.api.health.Vitals;
import io.outcry.api.http.HttpServer;
import io.outcry.api.http.HttpSettings;
import io.outcry.api.http.Route;
import io.outcry.api.http.SocketRoute;
import io.outcry.api.limit.Limits;
import io.outcry.api.market.MarketRoutes;
import io.outcry.api.orders.OrderEntry;
import io.outcry.api.orders.OrderRoutes;
import io.outcry.api.ws.Callers;
import io.outcry.api.ws.OrderDesk;
import io.outcry.api.ws.Sockets;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.store.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server, wired by hand. It listens to its own machine before it has started, so that probes
 * are answered, and to everybody once it is warm. Methods are for the thread that owns it.
 */
final class ApiServer implements AutoCloseable {
    /** How much longer a request waits than the engine client, whose answer tells more. */
    private static final Duration DEADLINE_MARGIN = Duration.ofMillis(250);

    /** The one account that every engine has; its token never leaves the process. */
    private static final User HOUSE =
            new User(
                    new UUID(0, 0),
                    "house",
                    "",
                    null,
                    "",
                    AccountId.HOUSE,
                    User.Role.TRADER,
                    User.STANDARD,
                    Instant.EPOCH);

    private final Settings settings;
    private final Dependencies dependencies;
    private final PrometheusMeterRegistry registry;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final CredentialWork credentials;
    private final AccessTokens tokens;
    private final EndedCredentials ended;
    private final AuthRoutes auth;
    private final Limits limits;
    private final Startup startup;
    private final Vitals vitals;
    private final List<Route> routes;
    private final ReadAfterWrite reads;
    private final OrderEntry entry;
    private final Sockets sockets;
    private final HttpServer http;
    private final Optional<HttpServer> admin;
    private volatile boolean warm;
    private volatile Dependencies.LiveData.@Nullable Subscription listening;

    /**
     * Wires the server; it does nothing yet.
     *
     * @param firstSteps what must be done before the engine is needed
     * @param nanoTime what {@link System#nanoTime} tells
     */
    ApiServer(
            Settings settings,
            Dependencies dependencies,
            List<Startup.Step> firstSteps,
            PrometheusMeterRegistry registry,
            Clock clock,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.dependencies = dependencies;
        this.registry = registry;
        Engine engine = dependencies.engine();
        outcomes = new Outcomes(settings.engine().deadline().plus(DEADLINE_MARGIN), registry);
        instruments = new InstrumentTable(engine, outcomes);
        credentials = new CredentialWork(settings.credentials(), registry);
        startup = new Startup(steps(firstSteps, engine));
        vitals = new Vitals(components(engine), List.of(this::refreshInstruments), nanoTime);
        ended =
                new EndedCredentials(
                        dependencies.sessions(),
                        dependencies.apiKeys(),
                        settings.tokens().lifetime(),
                        clock);
        tokens =
                new AccessTokens(
                        settings.tokens().key(),
                        settings.tokens().lifetime(),
                        clock,
                        ended::contains);
        limits = new Limits(settings.limits(), dependencies.limiter(), nanoTime);
        auth = auth(clock);
        reads =
                new ReadAfterWrite(
                        engine,
                        outcomes,
                        dependencies.projection(),
                        dependencies.projectionWatch(),
                        settings.readWait(),
                        registry);
        entry = new OrderEntry(engine, outcomes, instruments, dependencies.orders(), reads);
        Callers callers = new Callers(auth::tokenHolder, auth::keyHolder, ended::contains, clock);
        sockets =
                new Sockets(
                        instruments,
                        reads,
                        dependencies.live().with(auth.sealed(dependencies.live().tickets())),
                        callers,
                        new OrderDesk(entry, limits, callers, registry),
                        settings.sockets(),
                        this::open,
                        registry,
                        clock);
        routes = routes();
        http = listener(settings.http(), routes, List.of(sockets.route()));
        admin = settings.admin().map(address -> listener(address, adminRoutes(clock), List.of()));
    }

    private HttpServer listener(
            HttpSettings address, List<Route> served, List<SocketRoute> sockets) {
        return new HttpServer(
                address,
                served,
                sockets,
                auth.authenticator(),
                startup::started,
                limits,
                settings.clients(),
                registry);
    }

    private boolean open() {
        return startup.started() && !http.draining();
    }

    private List<Startup.Step> steps(List<Startup.Step> firstSteps, Engine engine) {
        List<Startup.Step> steps = new ArrayList<>(firstSteps);
        steps.add(new Startup.Step("the engine", engine::connected));
        steps.add(new Startup.Step("the default instruments", this::defineInstruments));
        return steps;
    }

    private boolean defineInstruments() {
        for (var instrument : settings.instruments()) {
            outcomes.require(dependencies.engine().defineInstrumentIfAbsent(instrument));
        }
        return instruments.refresh();
    }

    private void refreshInstruments() {
        if (startup.started() && dependencies.engine().connected()) {
            instruments.refresh();
        }
    }

    private List<Component> components(Engine engine) {
        List<Component> components = new ArrayList<>();
        components.add(new Component("engine", () -> Component.State.of(engine.connected())));
        components.addAll(dependencies.components());
        return components;
    }

    private List<Route> adminRoutes(Clock clock) {
        return AdminRoutes.of(
                dependencies.engine(),
                outcomes,
                instruments,
                dependencies.users(),
                settings.limits().names(),
                dependencies.audit(),
                new Audit(dependencies.audit(), settings.clients(), clock),
                health()::report,
                settings.accounts().currency());
    }

    private AuthRoutes auth(Clock clock) {
        AccountOpening opening =
                new AccountOpening(
                        dependencies.engine(), outcomes, instruments, settings.accounts());
        return new AuthRoutes(
                new AuthRoutes.Stores(
                        dependencies.users(),
                        dependencies.accounts(),
                        dependencies.sessions(),
                        dependencies.secondFactors(),
                        dependencies.apiKeys()),
                new AuthRoutes.Tools(
                        tokens,
                        settings.tokens().sealingKey(),
                        ended,
                        newPassword(),
                        credentials,
                        dependencies.limiter(),
                        limits,
                        settings.clients(),
                        new Audit(dependencies.audit(), settings.clients(), clock),
                        clock),
                opening,
                settings.sessions());
    }

    private NewPassword newPassword() {
        return settings.profile() == Profile.PAPER ? NewPassword.any() : NewPassword.uncommon();
    }

    /** All that can be asked of it, on either listener. */
    List<Route> served(Clock clock) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(adminRoutes(clock));
        return all;
    }

    private List<Route> routes() {
        Engine engine = dependencies.engine();
        Funding funding = settings.profile() == Profile.PAPER ? Funding.SELF_SERVICE : Funding.NONE;
        List<Route> routes = new ArrayList<>();
        // The router tries routes in this order, so what is taken most comes first.
        routes.addAll(
                OrderRoutes.of(entry, engine, outcomes, instruments, dependencies.orders(), reads));
        routes.addAll(auth.routes());
        routes.addAll(
                AccountRoutes.of(
                        engine,
                        outcomes,
                        instruments,
                        dependencies.accounts(),
                        dependencies.ledger(),
                        dependencies.statements(),
                        reads,
                        settings.accounts().currency(),
                        funding));
        routes.addAll(
                MarketRoutes.of(instruments, dependencies.marketData(), dependencies.market()));
        routes.add(sockets.ticketRoute());
        routes.addAll(health().routes());
        routes.add(MetricsRoute.of(registry));
        routes.addAll(DocsRoutes.of());
        return List.copyOf(routes);
    }

    private HealthRoutes health() {
        String version = ApiServer.class.getPackage().getImplementationVersion();
        return new HealthRoutes(
                new HealthRoutes.Identity(
                        version == null ? "development" : version, settings.replicaId()),
                startup,
                vitals,
                () -> warm && dependencies.engine().connected() && !http.draining());
    }

    /** Begins to listen; every route but the probes is refused until {@link #awaitStart}. */
    void listen() {
        vitals.start();
        ended.start();
        http.start();
        admin.ifPresent(
                listener -> {
                    listener.start();
                    listener.open();
                });
    }

    /** Blocks until all is there that the first request needs. */
    void awaitStart() throws InterruptedException {
        startup.run();
        listening =
                dependencies.liveData().listen(sockets.marketListener(), sockets.accountListener());
    }

    /** Takes requests of others once it does that fast. */
    void warmUp() {
        if (!settings.warmUp().isZero() && !settings.instruments().isEmpty()) {
            new WarmUp(
                            http.port(),
                            tokens.issue(HOUSE, UUID.randomUUID()).token(),
                            settings.instruments().get(0),
                            settings.warmUp(),
                            http::draining)
                    .run();
        }
        warm = true;
        http.open();
    }

    int port() {
        return http.port();
    }

    /** Of the listener for administrators; 0: there is none. */
    int adminPort() {
        return admin.map(HttpServer::port).orElse(0);
    }

    /** Drains and stops, bounded. What was passed in stays open. */
    @Override
    public void close() {
        http.drain();
        sockets.drain();
        http.close();
        Dependencies.LiveData.Subscription current = listening;
        if (current != null) {
            current.close();
        }
        sockets.close();
        admin.ifPresent(HttpServer::close);
        credentials.close();
        entry.close();
        reads.close();
        ended.close();
        limits.close();
        vitals.close();
        registry.close();
    }
}
