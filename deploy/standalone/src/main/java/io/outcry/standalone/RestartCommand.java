package io.outcry.standalone;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.RunState;
import io.outcry.standalone.process.Leftovers;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restarts the replicas of a running venue, each when the one before it serves again. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Restarts the API's replicas of the venue that runs in the data directory, one after the other: each drains, ends,"
                    + " and serves again before the next one's turn. The others serve meanwhile; with a single replica, clients"
                    + " are refused meanwhile."
        })
final class RestartCommand implements Callable<Integer> {
    private static final Pattern REPLICA = Pattern.compile("api-\\d+");
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(40);
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** After which nginx, which tries one that has failed again after 1 s, sends to it for sure. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(50);

    @Mixin private VenueOptions options = new VenueOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunState state = state();
        if (state.liveSupervisor().isEmpty()) {
            throw new StartException(
                    "what ran the venue is gone, so nothing would start its replicas again: stop it and start it anew");
        }
        List<String> replicas = state.components(REPLICA);
        if (replicas.isEmpty()) {
            throw new StartException("no replica has been ready yet");
        }
        for (String replica : replicas) {
            restart(replica);
        }
        return 0;
    }

    private RunState state() throws IOException {
        Path data = options.data();
        Optional<RunState> state =
                DataDirectory.exists(data) ? RunState.read(data.resolve("run")) : Optional.empty();
        return state.orElseThrow(() -> new StartException("no venue is running in " + data));
    }

    private void restart(String replica) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        ProcessIdentity process = awaitReady(replica);
        Leftovers.stop(List.of(process), DRAINED_WITHIN);
        awaitReady(replica);
        Thread.sleep(SETTLED.toMillis());
        double seconds = Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
        System.out.printf(Locale.ROOT, "%s restarted in %.1f s%n", replica, seconds);
    }

    /** Whoever has died meanwhile is started again by the venue, and awaited here. */
    private ProcessIdentity awaitReady(String replica) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() - endNanos < 0) {
            Optional<ProcessIdentity> process = state().readyProcess(replica);
            if (process.isPresent()) {
                return process.get();
            }
            Thread.sleep(POLL.toMillis());
        }
        throw new StartException(
                replica
                        + " does not serve within "
                        + READY_WITHIN.toSeconds()
                        + " s, so the others were left alone: see its log");
    }
}
