package io.outcry.stores;

import io.outcry.engineclient.EngineClient;
import io.outcry.engineclient.EngineFeed;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.Projector;
import io.outcry.persistence.TableComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Lets an engine write a journal of random orders, then projects it from its first event, as a
 * rebuild does, and tells how long that takes and what it does to the engine's memory.
 */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Projects an engine's journal from its first event; tells how long it takes.")
final class RebuildCommand implements Callable<Integer> {
    private static final int CHUNK = 10_000;
    private static final int UNDER_WAY = 2_048;
    private static final int BAR = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long POLL_MS = 50;
    private static final long SHOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Option(
            names = "--events",
            defaultValue = "10000000",
            description = "of the journal (default: ${DEFAULT-VALUE})")
    long events;

    @Option(names = "--accounts", defaultValue = "200", description = "(default: ${DEFAULT-VALUE})")
    int accounts;

    @Option(names = "--symbols", defaultValue = "20", description = "(default: ${DEFAULT-VALUE})")
    int symbols;

    @Option(names = "--check", description = "compare every table with a plain replay in the end")
    boolean check;

    @Option(names = "--engine", required = true, description = "the engine's binary")
    Path engine;

    @Option(names = "--data", required = true, description = "an empty or new directory")
    Path data;

    @Spec CommandSpec spec;

    private long shownAtNanos = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Servers servers = Servers.in(data, engine.toAbsolutePath())) {
            servers.startPostgres();
            servers.startEngine();
            long last = writeJournal(servers);
            try (Persistence persistence = Persistence.open(servers.persistence());
                    EngineFeed feed = EngineFeed.of(servers.engine())) {
                persistence.migrate();
                project(servers, persistence, feed, last);
                return !check || equal(persistence, feed) ? 0 : 1;
            }
        }
    }

    private long writeJournal(Servers servers) throws InterruptedException {
        try (EngineClient client =
                EngineClient.start(servers.engine().withCommandDeadline(PATIENCE))) {
            if (!client.awaitConnected(PATIENCE)) {
                throw new IllegalStateException("the engine cannot be reached");
            }
            RandomTrading trading = new RandomTrading(client, 1, accounts, symbols, UNDER_WAY);
            trading.prepare();
            while (trading.lastSequence() < events) {
                trading.place(CHUNK);
                show("journal", trading.lastSequence(), events);
            }
            trading.settle();
            return trading.lastSequence();
        }
    }

    private void project(Servers servers, Persistence persistence, EngineFeed feed, long last)
            throws IOException, InterruptedException {
        long engineBefore = servers.engineMemoryBytes();
        long engineMost = engineBefore;
        long start = System.nanoTime();
        try (Projector projector = persistence.project(feed)) {
            while (projector.status().position() < last) {
                if (projector.status().role() == Projector.Role.FAILED) {
                    throw new IllegalStateException("the projector failed: " + projector.status());
                }
                Thread.sleep(POLL_MS);
                engineMost = Math.max(engineMost, servers.engineMemoryBytes());
                show("projected", projector.status().position(), last);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        say("%,d events projected in %.0f s: %,.0f events/s", last, seconds, last / seconds);
        say(
                "the engine's memory: %,d MiB before, %,d MiB at most",
                engineBefore >> 20, engineMost >> 20);
    }

    private boolean equal(Persistence persistence, EngineFeed feed) throws InterruptedException {
        boolean equal = true;
        for (TableComparison table : persistence.upkeep().check(feed, position -> {})) {
            equal &= table.equal();
            say(
                    "%-20s %,12d rows   %s",
                    table.table(), table.projectedRows(), table.equal() ? "equal" : "DIFFERENT");
        }
        return equal;
    }

    /** A bar on a line, each second. */
    private void show(String what, long done, long of) {
        if (System.nanoTime() - shownAtNanos >= SHOW_NANOS) {
            shownAtNanos = System.nanoTime();
            String bar = "#".repeat((int) (BAR * Math.min(done, of) / of));
            say("%-9s [%-" + BAR + "s] %,12d of %,d events", what, bar, done, of);
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
