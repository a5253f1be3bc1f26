package io.outcry.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.config.Settings;
import java.time.Clock;

/** The whole server as {@link Main} wires it. Safe for many threads once it is started. */
final class RealReplica extends TestClient implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Adapters adapters;
    private final ApiServer server;

    /** Listens, and is not ready before {@link #awaitStart}. */
    RealReplica(Settings settings) {
        adapters = Adapters.open(settings, registry);
        server =
                new ApiServer(
                        settings,
                        adapters.dependencies(),
                        adapters.firstSteps(),
                        registry,
                        Clock.systemUTC(),
                        System::nanoTime);
        server.listen();
    }

    void awaitStart() throws InterruptedException {
        server.awaitStart();
        server.warmUp();
        adapters.project(registry);
    }

    Dependencies dependencies() {
        return adapters.dependencies();
    }

    int adminPort() {
        return server.adminPort();
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        adapters.close();
    }
}
