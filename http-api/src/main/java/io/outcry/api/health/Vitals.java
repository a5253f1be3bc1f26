package io.outcry.api.health;

import io.outcry.api.health.Component.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the components once a second on a thread of its own, so that asking for their state
 * never waits for one that hangs. Safe for use by many threads.
 */
public final class Vitals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    private final List<Component> components;
    private final List<Runnable> chores;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "vitals"));
    private volatile Map<String, State> states = Map.of();
    private volatile long lastPulseNanos;

    /**
     * Looks after these once started.
     *
     * @param chores what else is to be done once a second
     * @param nanoTime what {@link System#nanoTime} tells
     */
    public Vitals(List<Component> components, List<Runnable> chores, LongSupplier nanoTime) {
        this.components = List.copyOf(components);
        this.chores = List.copyOf(chores);
        this.nanoTime = nanoTime;
        lastPulseNanos = nanoTime.getAsLong();
    }

    /** Begins to look. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task catches whatever it throws.
    public void start() {
        thread.scheduleWithFixedDelay(this::pulse, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pulse() {
        Map<String, State> seen = new LinkedHashMap<>();
        for (Component component : components) {
            seen.put(component.name(), state(component));
        }
        states = seen;
        for (Runnable chore : chores) {
            run(chore);
        }
        lastPulseNanos = nanoTime.getAsLong();
    }

    private static State state(Component component) {
        try {
            return component.check().get();
        } catch (RuntimeException e) {
            LOG.debug("{} is down", component.name(), e);
            return State.DOWN;
        }
    }

    private static void run(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("a periodic chore failed", e);
        }
    }

    /** What was seen last of each component. */
    Map<String, State> states() {
        return states;
    }

    /** Whether the process makes progress. */
    boolean alive() {
        return nanoTime.getAsLong() - lastPulseNanos < STALLED_AFTER.toNanos();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
