package io.outcry.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** How often and how long one route was taken, by status. Safe for use by many threads. */
final class RouteTimers {
    private static final int STATUSES = 600;
    private static final int FAILURE = 500;

    private final MeterRegistry registry;
    private final Route route;
    private final AtomicReferenceArray<Timer> byStatus = new AtomicReferenceArray<>(STATUSES);

    RouteTimers(MeterRegistry registry, Route route) {
        this.registry = registry;
        this.route = route;
        // There from the start: of a series that begins with its first failures no rate is known.
        byStatus.set(FAILURE, timer(FAILURE));
    }

    void record(int status, long startNanos) {
        int index = status >= 0 && status < STATUSES ? status : 0;
        Timer timer = byStatus.get(index);
        if (timer == null) {
            timer = timer(index);
            byStatus.set(index, timer);
        }
        timer.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(int status) {
        return Timer.builder("outcry.http.requests")
                .description("Requests by route and status")
                .tag("method", route.method().name())
                .tag("route", route.path())
                .tag("status", Integer.toString(status))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
    }
}
