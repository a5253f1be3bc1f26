package io.outcry.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How often and how long one stage was gone through, by what for. Safe for use by many threads. */
public final class StageTimers {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final String tag;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    /**
     * Timers of that name.
     *
     * @param tag tells them apart; of few values, since each is a series of its own
     */
    public StageTimers(MeterRegistry registry, String name, String description, String tag) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.tag = tag;
    }

    /** The one and only timer of a stage. */
    public static Timer alone(MeterRegistry registry, String name, String description) {
        return builder(name, description).register(registry);
    }

    /** The one for that. */
    public Timer of(String what) {
        return timers.computeIfAbsent(
                what, value -> builder(name, description).tag(tag, value).register(registry));
    }

    /** Notes that it took so long. */
    public void record(String what, long nanos) {
        of(what).record(nanos, TimeUnit.NANOSECONDS);
    }

    private static Timer.Builder builder(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2));
    }
}
