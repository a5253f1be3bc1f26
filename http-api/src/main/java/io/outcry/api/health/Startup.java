package io.outcry.api.health;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must have happened once before the first request is taken, in order, each step tried until
 * it works. {@link #run} is for one thread, the rest for any.
 */
public final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final long RETRY_MS = 50;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Step> steps;
    private volatile boolean started;
    private volatile @Nullable String waitingFor;

    /** One step. */
    public record Step(String name, Attempt attempt) {}

    /** Tries a step; trying again after a failure is safe. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Whether it is done; false, or an exception that says why, when it must be tried again.
         */
        boolean tryOnce() throws Exception;
    }

    public Startup(List<Step> steps) {
        this.steps = List.copyOf(steps);
        waitingFor = steps.isEmpty() ? null : steps.get(0).name();
    }

    /** Takes the steps, and says once a second which one it waits for and why. */
    public void run() throws InterruptedException {
        long beginNanos = System.nanoTime();
        for (Step step : steps) {
            waitingFor = step.name();
            take(step);
        }
        waitingFor = null;
        started = true;
        LOG.info("started in {} ms", (System.nanoTime() - beginNanos) / 1_000_000);
    }

    private static void take(Step step) throws InterruptedException {
        long reportedNanos = System.nanoTime();
        for (String reason = attempt(step); reason != null; reason = attempt(step)) {
            if (System.nanoTime() - reportedNanos >= REPORT_NANOS) {
                LOG.info("waiting for {}: {}", step.name(), reason);
                reportedNanos = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    /** Null when done, else why not. */
    private static @Nullable String attempt(Step step) throws InterruptedException {
        try {
            return step.attempt().tryOnce() ? null : "not yet";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("{} is not there yet", step.name(), e);
            return String.valueOf(e.getMessage());
        }
    }

    public boolean started() {
        return started;
    }

    /** Name of the step that is being tried; null once started. */
    @Nullable String waitingFor() {
        return waitingFor;
    }
}
