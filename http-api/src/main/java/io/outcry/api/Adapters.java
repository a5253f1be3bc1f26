package io.outcry.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.config.Settings;
import io.outcry.api.health.Component;
import io.outcry.api.health.Component.State;
import io.outcry.api.health.Component.Status;
import io.outcry.api.health.Startup;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.ws.AccountPublisher;
import io.outcry.api.ws.Sockets;
import io.outcry.cache.CacheSettings;
import io.outcry.cache.MarketDataPublisher;
import io.outcry.cache.RedisCache;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.store.Projection;
import io.outcry.engineclient.EngineClient;
import io.outcry.engineclient.EngineFeed;
import io.outcry.engineclient.EngineSettings;
import io.outcry.engineclient.EngineTls;
import io.outcry.persistence.HistoryKeeper;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import io.outcry.persistence.ProjectionWatch;
import io.outcry.persistence.Projector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real servers behind the ports, opened and closed together. None needs to be there yet when
 * this is opened. For one thread, the one that owns it.
 */
final class Adapters implements AutoCloseable {
    private static final Symbol PROBED = new Symbol("HEALTH");

    /** As many as may be unanswered elsewhere: what follows an account's cancel goes with it. */
    private static final int CANCEL_WINDOW = 4_096;

    private final EngineClient engine;
    private final EngineFeed feed;
    private final Persistence persistence;
    private final ProjectionWatch watch;
    private final RedisCache cache;
    private final RateLimiter limiter;
    private final MarketDataPublisher publisher;
    private final AccountPublisher accountPublisher;
    private final Duration retention;
    private volatile @Nullable Projector projector;
    private volatile @Nullable HistoryKeeper historyKeeper;

    private Adapters(
            EngineSettings engineSettings,
            PersistenceSettings persistenceSettings,
            CacheSettings cacheSettings,
            Duration marketDataInterval,
            int replicas,
            Duration retention,
            StoreTimes times) {
        this.retention = retention;
        persistence = Persistence.open(persistenceSettings, times);
        watch = new ProjectionWatch(persistence.projection());
        engine = EngineClient.start(engineSettings);
        feed = EngineFeed.of(engineSettings);
        cache = RedisCache.open(cacheSettings, Clock.systemUTC(), times::called);
        limiter = cache.rateLimiter(replicas);
        publisher =
                MarketDataPublisher.start(
                        cache.marketData(),
                        MarketDataPublisher.Settings.DEFAULT.withChangedInterval(
                                marketDataInterval),
                        Clock.systemUTC());
        accountPublisher = AccountPublisher.start(cache.accounts());
    }

    static Adapters open(Settings settings, MeterRegistry registry) {
        return new Adapters(
                engineSettings(settings.engine()),
                persistenceSettings(settings.database()),
                cacheSettings(settings.redis()),
                settings.redis().marketDataInterval(),
                settings.replicas(),
                settings.database().history().retention(),
                new StoreTimes(registry));
    }

    static EngineSettings engineSettings(Settings.EngineAddress engine) {
        EngineSettings settings =
                EngineSettings.of(engine.target())
                        .withCancelWindow(CANCEL_WINDOW)
                        .withCommandDeadline(engine.deadline())
                        .withSendInterval(engine.sendInterval())
                        .withTraceId(CurrentRequest::id);
        return engine.certificates()
                .map(files -> new EngineTls(files.authority(), files.certificate(), files.key()))
                .map(settings::withTls)
                .orElse(settings);
    }

    static PersistenceSettings persistenceSettings(Settings.Database database) {
        PersistenceSettings settings =
                PersistenceSettings.of(database.url(), database.user(), database.password())
                        .withSegmentEvents(database.history().segmentEvents());
        Settings.SchemaOwner owner = database.owner();
        return owner.user().isEmpty()
                ? settings
                : settings.withOwner(new PersistenceSettings.Owner(owner.user(), owner.password()));
    }

    private static CacheSettings cacheSettings(Settings.RedisAddress redis) {
        CacheSettings settings = CacheSettings.of(redis.uri());
        return redis.authorities().isEmpty()
                ? settings
                : settings.withAuthorities(Path.of(redis.authorities()));
    }

    Dependencies dependencies() {
        return new Dependencies(
                engine,
                persistence.users(),
                persistence.sessions(),
                persistence.secondFactors(),
                persistence.apiKeys(),
                persistence.audit(),
                limiter,
                persistence.accounts(),
                persistence.orders(),
                persistence.ledger(),
                persistence.statements(),
                persistence.market(),
                persistence.projection(),
                watch::await,
                new Sockets.Sources(
                        cache.marketData(),
                        cache.accounts(),
                        persistence.accountStates(),
                        cache.tickets()),
                (market, accounts) -> cache.listen(market, accounts)::close,
                List.of(
                        new Component("database", this::database),
                        new Component("redis", this::redis),
                        new Component("projection", this::projection)));
    }

    /** What must be done before the engine is needed. */
    List<Startup.Step> firstSteps() {
        return List.of(
                new Startup.Step(
                        "the database",
                        () -> {
                            persistence.migrate();
                            // Through the pool, which tries less and less often while the
                            // database is down: it may be empty yet.
                            persistence.projection().position();
                            return true;
                        }));
    }

    /** Begins to take part in writing the projection; the database must have been migrated. */
    void project(MeterRegistry registry) {
        Projector started =
                Projector.start(
                        persistence.projection(),
                        feed,
                        watch,
                        new Followers(List.of(publisher, accountPublisher)),
                        Projector.Settings.DEFAULT);
        projector = started;
        if (!retention.isZero()) {
            historyKeeper = persistence.keepHistory(retention, Clock.systemUTC());
        }
        Gauge.builder("outcry.projection.lag", started, each -> each.status().lag())
                .description("Events that the projection's writer has not written yet")
                .register(registry);
        Gauge.builder(
                        "outcry.projection.leader",
                        started,
                        each -> each.status().role() == Projector.Role.LEADER ? 1 : 0)
                .description("1 on the replica that writes the projection")
                .register(registry);
        FunctionCounter.builder(
                        "outcry.projection.follower.failures", started, Projector::followerFailures)
                .description("Failures of what publishes market data and account updates")
                .register(registry);
    }

    private State database() {
        Projection projection = persistence.projection();
        return new State(
                Status.UP, Map.of("projected_sequence", Long.toString(projection.position())));
    }

    /** Any key will do: what matters is that Redis answers. */
    private State redis() {
        cache.marketData().book(PROBED);
        return State.UP;
    }

    private State projection() {
        Projector current = projector;
        if (current == null) {
            return State.DOWN;
        }
        Projector.Status status = current.status();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("role", status.role().name());
        if (status.role() == Projector.Role.LEADER) {
            details.put("lag", Long.toString(status.lag()));
        }
        if (status.problem() != null) {
            details.put("problem", status.problem());
        }
        boolean down = status.role() == Projector.Role.FAILED || status.problem() != null;
        return new State(down ? Status.DOWN : Status.UP, details);
    }

    @Override
    public void close() {
        Projector current = projector;
        if (current != null) {
            current.close();
        }
        HistoryKeeper keeper = historyKeeper;
        if (keeper != null) {
            keeper.close();
        }
        publisher.close();
        accountPublisher.close();
        cache.close();
        feed.close();
        engine.close();
        persistence.close();
    }
}
