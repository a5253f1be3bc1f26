package io.outcry.persistence;

import io.outcry.domain.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops history that is older than it is to be kept, at once and then every hour, on a thread of
 * its own. Every replica may have one: they take turns. Safe for use by many threads.
 */
public final class HistoryKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);

    private final Upkeep upkeep;
    private final Duration retention;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "outcry-history");
                        thread.setDaemon(true);
                        return thread;
                    });

    private HistoryKeeper(Upkeep upkeep, Duration retention, Clock clock) {
        this.upkeep = upkeep;
        this.retention = retention;
        this.clock = clock;
    }

    static HistoryKeeper start(Upkeep upkeep, Duration retention, Clock clock) {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("retention must be above 0");
        }
        HistoryKeeper keeper = new HistoryKeeper(upkeep, retention, clock);
        // Runs until the timer is shut down.
        ScheduledFuture<?> unused =
                keeper.timer.scheduleWithFixedDelay(keeper::drop, 0, 1, TimeUnit.HOURS);
        return keeper;
    }

    /** Must not throw: that would end the timer. */
    private void drop() {
        try {
            List<String> dropped = upkeep.dropHistory(clock.instant().minus(retention));
            if (!dropped.isEmpty()) {
                LOG.info("dropped history older than {}: {}", retention, dropped);
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("old history stays for another hour: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("old history could not be dropped", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
