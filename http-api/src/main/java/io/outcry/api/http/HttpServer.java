package io.outcry.api.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.limit.Limits;
import io.outcry.api.metrics.WorkerWaits;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and answers by its routes: first at a door of its own machine, for probes, and at its
 * address once it is {@link #open}, so that nobody who spreads a load sends it anything before
 * that. Orders are answered on the threads that read connections, which never block; all else on
 * workers, which may. Methods are for one thread, the one that owns the server; {@link #draining}
 * and {@link #close} are for any.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** What Javalin calls the methods that a path does take. */
    private static final String AVAILABLE = "availableMethods";

    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /** One accepts, one selects, two go on with connections whose request was answered. */
    private static final int CONNECTION_THREADS = 4;

    private static final int MIN_WORKERS = 8;
    private static final int WORKER_IDLE_MS = 60_000;

    /** That many may wait for a worker; more are refused. */
    private static final int WAITING_REQUESTS = 1_000;

    private final HttpSettings settings;
    private final UnroutedAnswers unrouted;
    private final QueuedThreadPool workers;

    /** The same workers, with what waits for them measured. */
    private final Executor queue;

    private final Javalin javalin;
    private final Doors doors;
    private final AtomicBoolean draining = new AtomicBoolean();

    public HttpServer(
            HttpSettings settings,
            List<Route> routes,
            List<SocketRoute> sockets,
            Authenticator authenticator,
            BooleanSupplier started,
            Limits limits,
            ClientAddress addresses,
            MeterRegistry registry) {
        this.settings = settings;
        this.doors = new Doors(settings);
        this.unrouted = new UnroutedAnswers(registry);
        BodyReader bodies = new BodyReader(settings.maxBodyBytes());
        List<Gate> gates =
                routes.stream()
                        .map(
                                route ->
                                        new Gate(
                                                route,
                                                authenticator,
                                                started,
                                                RouteLimit.of(route, limits, addresses),
                                                new RouteTimers(registry, route)))
                        .toList();
        workers = workers();
        queue = new WorkerWaits(registry).measured("http", workers);
        javalin =
                Javalin.create(
                        config -> {
                            configure(config, gates, bodies);
                            for (SocketRoute socket : sockets) {
                                config.routes.ws(
                                        socket.path(),
                                        ws -> JettySocket.configure(ws, socket, addresses));
                            }
                        });
    }

    @SuppressWarnings("unchecked") // Javalin takes generic tasks by varargs.
    private void configure(JavalinConfig config, List<Gate> gates, BodyReader bodies) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        // DELETE /api/orders/ is an order whose id was left out, and not all of them.
        config.router.ignoreTrailingSlashes = false;
        config.http.defaultContentType = "application/json";
        config.requestLifeCycle(DefaultTasks.INSTANCE.getHTTP());
        config.jetty.threadPool = connectionThreads();
        config.jetty.modifyServletContextHandler(
                context -> context.setSessionHandler(new NoSessions()));
        config.jetty.modifyHttpConfiguration(HttpServer::configure);
        config.jetty.modifyServer(server -> configure(server, gates));
        config.jetty.addConnector(doors::make);
        for (Gate gate : gates) {
            Route route = gate.route();
            BodyReader reader =
                    route.maxBodyBytes() == 0 ? bodies : new BodyReader(route.maxBodyBytes());
            Handler handler = context -> handle(gate, context, reader);
            config.routes.addHttpHandler(route.method(), route.path(), handler);
            if (route.method().equals(HandlerType.GET)) {
                // The same but for the body, which is not sent.
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
            }
        }
        config.routes.exception(
                HttpResponseException.class,
                (e, context) ->
                        answerUnrouted(new Exchange(new ServletWire(context, bodies, queue)), e));
    }

    private void answerUnrouted(Exchange exchange, HttpResponseException e) {
        String methods = e.getDetails().get(AVAILABLE);
        if (methods != null) {
            exchange.addHeader("Allow", methods);
        }
        ErrorCode code = JettyErrors.code(e.getStatus());
        unrouted.count(code.status());
        Failures.answer(exchange, "no route", new ProblemException(code, JettyErrors.detail(code)));
    }

    private void handle(Gate gate, Context context, BodyReader bodies) {
        CompletableFuture<?> later =
                gate.handle(new Exchange(new ServletWire(context, bodies, queue)));
        if (later != null) {
            context.future(() -> later);
        }
    }

    /** For what never blocks: few threads, which then need little waking and switching. */
    private static QueuedThreadPool connectionThreads() {
        QueuedThreadPool pool = new QueuedThreadPool(CONNECTION_THREADS, CONNECTION_THREADS);
        pool.setName("http");
        pool.setReservedThreads(0);
        return pool;
    }

    private QueuedThreadPool workers() {
        QueuedThreadPool pool =
                new QueuedThreadPool(
                        settings.threads(),
                        Math.min(MIN_WORKERS, settings.threads()),
                        WORKER_IDLE_MS,
                        new BlockingArrayQueue<>(WAITING_REQUESTS));
        pool.setName("worker");
        return pool;
    }

    private static void configure(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // A proxy's connection carries the headers of many clients: remembering them costs more
        // than reading them.
        http.setHeaderCacheSize(0);
        http.addCustomizer(new SecurityHeaders());
    }

    private void configure(Server server, List<Gate> gates) {
        server.setErrorHandler(new JettyErrors(unrouted));
        server.setStopTimeout(settings.drainTimeout().toMillis());
        server.setDynamic(false);
        server.addBean(workers);
        DirectRoutes routes =
                new DirectRoutes(
                        new KnownMethods(),
                        direct(gates),
                        settings.maxBodyBytes(),
                        queue,
                        doors.answering());
        // In the place of Javalin's own statistics, which nothing here reads.
        server.setHandler(
                new GracefulHandler(
                        new SocketOrigins(
                                settings.origins().isEmpty()
                                        ? routes
                                        : CrossOrigin.before(routes, settings.origins()),
                                settings.origins())));
    }

    private static Map<String, DirectPaths> direct(List<Gate> gates) {
        Map<String, DirectPaths> byMethod = new HashMap<>();
        gates.stream()
                .filter(gate -> gate.route().direct())
                .forEach(
                        gate ->
                                byMethod.computeIfAbsent(
                                                gate.route().method().name(),
                                                method -> new DirectPaths())
                                        .add(gate));
        return byMethod;
    }

    /** Begins to listen, for this machine alone. */
    public void start() {
        javalin.start();
        JettySocket.leaveOutExtensions(javalin.jettyServer().server());
    }

    /** Begins to listen at its address. */
    public void open() {
        doors.open();
    }

    /** The port that is listened on. */
    public int port() {
        return doors.port();
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
            doors.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // It has stopped all the same, and so must what is stopped after it.
            LOG.warn("some requests were not answered within the drain timeout", e);
        }
    }
}
