package io.outcry.api;

import io.outcry.api.config.Settings;
import io.outcry.engineclient.EngineFeed;
import io.outcry.engineclient.EngineSettings;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import io.outcry.persistence.Projector;
import io.outcry.persistence.TableComparison;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an operator does with the projection, in a process of its own beside the replicas. For one
 * thread.
 */
final class ProjectionCommand {
    static final List<String> NAMES = List.of("check", "rebuild");
    private static final long POLL_MS = 200;
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(30);
    private static final int FAILED = 1;
    private static final int BAR = 40;

    private final PersistenceSettings database;
    private final EngineSettings engine;
    private final PrintStream out;
    private long shownAtNanos = System.nanoTime();

    ProjectionCommand(Settings settings, PrintStream out) {
        this.database = Adapters.persistenceSettings(settings.database());
        this.engine = Adapters.engineSettings(settings.engine());
        this.out = out;
    }

    /** Returns the process's status. */
    int run(String name) throws InterruptedException {
        try (Persistence persistence = Persistence.open(database);
                EngineFeed feed = EngineFeed.of(engine)) {
            return name.equals("check") ? check(persistence, feed) : rebuild(persistence, feed);
        }
    }

    private int check(Persistence persistence, EngineFeed feed) throws InterruptedException {
        List<TableComparison> tables =
                persistence.upkeep().check(feed, position -> show(position, 0));
        boolean equal = true;
        for (TableComparison table : tables) {
            equal &= table.equal();
            say(
                    String.format(
                            Locale.ROOT,
                            "%-20s %,12d rows %s   replay %,12d rows %s   %s",
                            table.table(),
                            table.projectedRows(),
                            table.projectedChecksum(),
                            table.expectedRows(),
                            table.expectedChecksum(),
                            table.equal() ? "equal" : "DIFFERENT"));
        }
        say(equal ? "the projection is what the engine's events make" : "the projection is WRONG");
        return equal ? 0 : FAILED;
    }

    /** Whoever leads writes: this process when no replica does. */
    private int rebuild(Persistence persistence, EngineFeed feed) throws InterruptedException {
        persistence.migrate();
        long target = persistence.projection().position();
        // Only what can be made anew is emptied: a compacted journal has its beginning in an
        // archive.
        Optional<String> problem =
                target == 0 ? Optional.empty() : FirstEvents.problem(feed, ENGINE_PATIENCE);
        if (problem.isPresent()) {
            say("nothing was changed, for the events cannot be had: " + problem.get());
            return FAILED;
        }
        persistence.upkeep().empty();
        long start = System.nanoTime();
        try (Projector projector = persistence.project(feed)) {
            long position = 0;
            long end = end(projector, target);
            while (position < end) {
                if (projector.status().role() == Projector.Role.FAILED) {
                    say(
                            String.format(
                                    Locale.ROOT,
                                    "the projection cannot be built: %s",
                                    projector.status().problem()));
                    return FAILED;
                }
                Thread.sleep(POLL_MS);
                position = persistence.projection().position();
                end = end(projector, end);
                show(position, end);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            say(
                    String.format(
                            Locale.ROOT,
                            "%,d events projected in %.1f s: %,.0f events/s",
                            position,
                            seconds,
                            position / seconds));
        }
        return 0;
    }

    /**
     * Where it is done: at the engine's last event, once this process has written, for its journal
     * may have been rolled back; else where it was.
     */
    private static long end(Projector projector, long before) {
        long durable = projector.status().durableSequence();
        return durable > 0 ? durable : before;
    }

    /** A line each second. */
    private void show(long position, long target) {
        if (System.nanoTime() - shownAtNanos >= TimeUnit.SECONDS.toNanos(1)) {
            shownAtNanos = System.nanoTime();
            if (target == 0) {
                say(String.format(Locale.ROOT, "%,d events replayed", position));
            } else {
                say(percent(position, target));
            }
        }
    }

    private void say(String text) {
        out.println(text);
    }

    private static String percent(long position, long target) {
        String bar = "#".repeat((int) (BAR * Math.min(position, target) / target));
        return String.format(
                Locale.ROOT,
                "[%-" + BAR + "s] %3d %%  %,d of %,d events",
                bar,
                100 * position / target,
                position,
                target);
    }
}
