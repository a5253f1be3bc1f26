package io.outcry.standalone;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.RunState;
import io.outcry.standalone.process.Leftovers;
import io.outcry.standalone.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Stops a venue that runs in a data directory, whoever started it, and returns when none of its
 * processes is left.
 */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Stops the venue that runs in the data directory.")
final class DownCommand implements Callable<Integer> {
    private static final Duration ORDERLY = Duration.ofSeconds(90);

    @Mixin private VenueOptions options = new VenueOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = options.data();
        Optional<RunState> state =
                DataDirectory.exists(data) ? RunState.read(data.resolve("run")) : Optional.empty();
        if (state.isEmpty()) {
            System.out.println("No venue is running in " + data);
            return 0;
        }
        List<ProcessIdentity> processes = state.get().liveProcesses();
        Optional<ProcessIdentity> supervisor = state.get().liveSupervisor();
        if (supervisor.isPresent()) {
            Leftovers.stop(List.of(supervisor.get()), ORDERLY);
        }
        Leftovers.stop(processes, ORDERLY);
        System.out.println("Stopped the venue in " + data);
        return 0;
    }
}
