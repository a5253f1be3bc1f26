package io.outcry.api.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.DefaultTasks;
import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and answers by its routes. Request threads are platform threads, which may block.
 * Methods are for one thread, the one that owns the server; {@link #draining} is for any.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final long IDLE_TIMEOUT_MS = 60_000;
    private static final long DRAINED_IDLE_MAX_MS = 2_000;

    private final HttpSettings settings;
    private final Javalin javalin;
    private final AtomicBoolean draining = new AtomicBoolean();

    public HttpServer(
            HttpSettings settings,
            List<Route> routes,
            Authenticator authenticator,
            BooleanSupplier started,
            MeterRegistry registry) {
        this.settings = settings;
        BodyReader bodies = new BodyReader(settings.maxBodyBytes());
        javalin =
                Javalin.create(
                        config -> {
                            configure(config);
                            for (Route route : routes) {
                                RouteTimers timers = new RouteTimers(registry, route);
                                config.routes.addHttpHandler(
                                        route.method(),
                                        route.path(),
                                        new Gate(route, authenticator, started, bodies, timers));
                            }
                            config.routes.exception(
                                    HttpResponseException.class,
                                    (e, context) ->
                                            Failures.answer(
                                                    new Exchange(context, bodies),
                                                    "no route",
                                                    unrouted(e.getStatus())));
                        });
    }

    @SuppressWarnings("unchecked") // Javalin takes generic tasks by varargs.
    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.requestLifeCycle(DefaultTasks.INSTANCE.getHTTP());
        config.jetty.threadPool = threadPool();
        config.jetty.modifyServletContextHandler(
                context -> context.setSessionHandler(new NoSessions()));
        config.jetty.modifyHttpConfiguration(HttpServer::configure);
        config.jetty.modifyServer(this::configure);
        config.jetty.addConnector(this::connector);
    }

    private QueuedThreadPool threadPool() {
        QueuedThreadPool pool =
                new QueuedThreadPool(settings.threads(), Math.min(8, settings.threads()));
        pool.setName("http");
        return pool;
    }

    private static void configure(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // A proxy's connection carries the headers of many clients: remembering them costs more
        // than reading them.
        http.setHeaderCacheSize(0);
        http.setIdleTimeout(IDLE_TIMEOUT_MS);
        http.addCustomizer(new SecurityHeaders());
    }

    private void configure(Server server) {
        server.setErrorHandler(new JettyErrors());
        server.setStopTimeout(settings.drainTimeout().toMillis());
        // In the place of Javalin's own statistics, which nothing here reads.
        server.setHandler(new KnownMethods(new GracefulHandler()));
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_TIMEOUT_MS);
        connector.setShutdownIdleTimeout(
                Math.min(DRAINED_IDLE_MAX_MS, settings.drainTimeout().toMillis() / 4));
        return connector;
    }

    private static ProblemException unrouted(int status) {
        ErrorCode code = JettyErrors.code(status);
        return new ProblemException(code, JettyErrors.detail(code));
    }

    /** Begins to listen. */
    public void start() {
        javalin.start();
        LOG.info("listening on {}:{}", settings.host(), port());
    }

    /** The port that is listened on. */
    public int port() {
        return javalin.port();
    }

    /** Whether the server is about to stop, and must not be sent anything new. */
    public boolean draining() {
        return draining.get();
    }

    /** Says that no more should be sent here; what is sent nevertheless is still answered. */
    public void drain() {
        draining.set(true);
    }

    /**
     * Drains and stops: new connections are taken for the drain delay, then refused, while requests
     * on the connections that are open are answered and end them; all of it within the drain
     * timeout.
     */
    @Override
    public void close() {
        drain();
        try {
            TimeUnit.NANOSECONDS.sleep(settings.drainDelay().toNanos());
            endConnections();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }

    private void endConnections() throws InterruptedException {
        Server server = javalin.jettyServer().server();
        long timeoutMs = settings.drainTimeout().toMillis();
        for (var connector : server.getConnectors()) {
            try {
                connector.shutdown().get(timeoutMs, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn("connections are still open {} ms after the drain", timeoutMs);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the connector cannot be shut down", e);
            }
        }
    }
}
