package io.outcry.stores;

import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.engineclient.EngineClient;
import io.outcry.engineclient.EngineFeed;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.TableComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Random orders to a real engine while two projectors and PostgreSQL are killed; at the end every
 * table must equal what a plain replay of the engine's feed gives.
 */
@Command(
        name = "kills",
        mixinStandardHelpOptions = true,
        description = "Random orders while projectors and PostgreSQL are killed; then a check.")
final class KillsCommand implements Callable<Integer> {
    private static final int UNDER_WAY = 256;
    private static final long POLL_MS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(
            names = "--orders",
            defaultValue = "200000",
            description = "(default: ${DEFAULT-VALUE})")
    int orders;

    @Option(names = "--accounts", defaultValue = "200", description = "(default: ${DEFAULT-VALUE})")
    int accounts;

    @Option(names = "--symbols", defaultValue = "20", description = "(default: ${DEFAULT-VALUE})")
    int symbols;

    @Option(
            names = "--kills",
            defaultValue = "50",
            description = "of a projector (default: ${DEFAULT-VALUE})")
    int kills;

    @Option(
            names = "--restarts",
            defaultValue = "5",
            description = "of PostgreSQL (default: ${DEFAULT-VALUE})")
    int restarts;

    @Option(names = "--seed", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--engine", required = true, description = "the engine's binary")
    Path engine;

    @Option(names = "--data", required = true, description = "an empty or new directory")
    Path data;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Servers servers = Servers.in(data, engine.toAbsolutePath())) {
            servers.startPostgres();
            servers.startEngine();
            return run(servers) ? 0 : 1;
        }
    }

    private boolean run(Servers servers) throws IOException, InterruptedException {
        try (Persistence persistence = Persistence.open(servers.persistence());
                EngineClient client = EngineClient.start(servers.engine());
                EngineFeed feed = EngineFeed.of(servers.engine())) {
            persistence.migrate();
            if (!client.awaitConnected(Duration.ofSeconds(20))) {
                throw new IllegalStateException("the engine cannot be reached");
            }
            RandomTrading trading = new RandomTrading(client, seed, accounts, symbols, UNDER_WAY);
            trade(servers, persistence, trading);
            say(
                    "%,d of %,d orders accepted, %,d events",
                    trading.accepted(), orders, trading.lastSequence());
            long wrong = LedgerSums.wrong(servers.persistence());
            say("%d events or balances that the ledger does not add up to", wrong);
            return report(persistence.upkeep().check(feed, position -> {})) && wrong == 0;
        }
    }

    /**
     * Both projectors are started at once, and again whenever one was killed, each time once the
     * projection has come further.
     */
    private void trade(Servers servers, Persistence persistence, RandomTrading trading)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<ProjectorProcess> projectors =
                List.of(
                        new ProjectorProcess(servers, servers.logs().resolve("projector-0.log")),
                        new ProjectorProcess(servers, servers.logs().resolve("projector-1.log")));
        try {
            trading.prepare();
            long killedAt = 0;
            for (int round = 1; round <= kills; round++) {
                int before = random.nextInt(orders / kills);
                trading.place(before);
                killedAt = awaitProjected(persistence, killedAt + 1);
                projectors.get(random.nextInt(2)).killAndReplace();
                if (restarts > 0 && round % Math.max(1, kills / restarts) == 0) {
                    servers.killPostgres();
                }
                trading.place(orders / kills - before);
            }
            trading.settle();
            awaitProjected(persistence, trading.lastSequence());
        } finally {
            projectors.forEach(ProjectorProcess::kill);
        }
    }

    private static long awaitProjected(Persistence persistence, long sequence)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long position = position(persistence);
        while (position < sequence) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not projected within " + PATIENCE);
            }
            Thread.sleep(POLL_MS);
            position = position(persistence);
        }
        return position;
    }

    private static long position(Persistence persistence) {
        try {
            return persistence.projection().position();
        } catch (StoreUnavailableException restarting) {
            return 0;
        }
    }

    private boolean report(List<TableComparison> tables) {
        boolean equal = true;
        for (TableComparison table : tables) {
            equal &= table.equal();
            say(
                    "%-20s %,10d rows %s   replay %,10d rows %s   %s",
                    table.table(),
                    table.projectedRows(),
                    table.projectedChecksum(),
                    table.expectedRows(),
                    table.expectedChecksum(),
                    table.equal() ? "equal" : "DIFFERENT");
        }
        return equal;
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
