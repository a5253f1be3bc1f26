package io.outcry.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts by status what was answered before or beside the routes, whose own timers know nothing of
 * it: paths and methods that there are not, what is not HTTP, and what finds no worker. Safe for
 * use by many threads.
 */
final class UnroutedAnswers {
    private static final int OVERLOADED = 503;

    private final MeterRegistry registry;

    UnroutedAnswers(MeterRegistry registry) {
        this.registry = registry;
        // There from the start: of a series that begins with its first failures no rate is known.
        counter(OVERLOADED);
    }

    void count(int status) {
        counter(status).increment();
    }

    private Counter counter(int status) {
        return Counter.builder("outcry.http.unrouted")
                .description("Requests that no route has answered, by status")
                .tag("status", Integer.toString(status))
                .register(registry);
    }
}
