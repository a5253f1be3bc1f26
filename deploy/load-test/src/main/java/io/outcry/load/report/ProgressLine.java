package io.outcry.load.report;

import io.outcry.load.run.LiveCounts;
import io.outcry.load.run.Registrations;
import io.outcry.load.run.RunObserver;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: one line that is written over on a terminal, a line now and then
 * otherwise. Has a thread of its own from {@link #started} to {@link #ended}, so that a slow
 * terminal costs the run nothing; both are called on the run's thread.
 */
public final class ProgressLine implements RunObserver {
    private static final int BAR_WIDTH = 24;

    /** Where progress goes. */
    public enum Style {
        TERMINAL(500),
        PLAIN(5_000),
        NONE(0);

        private final long periodMs;

        Style(long periodMs) {
            this.periodMs = periodMs;
        }
    }

    private final PrintStream out;
    private final Style style;
    private @Nullable ScheduledExecutorService ticker;

    public ProgressLine(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void registering(int clients) {
        if (style != Style.NONE) {
            out.printf(Locale.ROOT, "registering %,d users ...%n", clients);
        }
    }

    @Override
    public void registered(Registrations registrations) {
        if (style != Style.NONE) {
            out.printf(
                    Locale.ROOT,
                    "registered %,d of %,d in %.2f s%n",
                    registrations.succeeded(),
                    registrations.attempted(),
                    registrations.elapsedNanos() / 1e9);
        }
    }

    @Override
    public void started(LiveCounts counts, Duration planned) {
        if (style == Style.NONE) {
            return;
        }
        Ticks ticks = new Ticks(counts, planned);
        ticker =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "load-progress");
                            thread.setDaemon(true);
                            return thread;
                        });
        var unused =
                ticker.scheduleAtFixedRate(
                        ticks::print, style.periodMs, style.periodMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void ended() {
        ScheduledExecutorService ended = ticker;
        if (ended != null) {
            ended.shutdownNow();
            if (style == Style.TERMINAL) {
                out.print("\r\u001b[K");
                out.flush();
            }
        }
    }

    /** The ticker's own view; its fields belong to its thread once it runs. */
    private final class Ticks {
        private final LiveCounts counts;
        private final double plannedSeconds;
        private final long startNanos = System.nanoTime();
        private long lastNanos = startNanos;
        private long lastDecided;

        Ticks(LiveCounts counts, Duration planned) {
            this.counts = counts;
            plannedSeconds = planned.toNanos() / 1e9;
        }

        void print() {
            long now = System.nanoTime();
            long decided = counts.decided();
            double perSecond = (decided - lastDecided) * 1e9 / (now - lastNanos);
            double elapsed = (now - startNanos) / 1e9;
            lastNanos = now;
            lastDecided = decided;
            String text =
                    String.format(
                            Locale.ROOT,
                            "%s %3.0f/%.0f s  %,8.0f orders/s  %,d in all  %,d undecided",
                            bar(elapsed / plannedSeconds),
                            elapsed,
                            plannedSeconds,
                            perSecond,
                            decided,
                            counts.undecided());
            out.print(style == Style.TERMINAL ? "\r" + text + "\u001b[K" : text + "\n");
            out.flush();
        }
    }

    private static String bar(double share) {
        int done = (int) (Math.min(1, share) * BAR_WIDTH);
        return "[" + "#".repeat(done) + "-".repeat(BAR_WIDTH - done) + "]";
    }
}
