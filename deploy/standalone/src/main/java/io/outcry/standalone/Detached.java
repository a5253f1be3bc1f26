package io.outcry.standalone;

import io.outcry.standalone.data.RunState;
import io.outcry.standalone.server.JavaProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs this same program again, in a session of its own, and shows what it prints until it closes
 * its output: it does that when the venue serves, or by ending. Ctrl-C until then ends it. Used by
 * one thread.
 */
final class Detached {
    /** Tells the other process that it is the detached one. */
    static final String OPTION = "--detached";

    private final List<String> arguments;
    private final Path data;
    private volatile boolean settled;

    /** Runs it with the arguments of the command line, as given. */
    Detached(List<String> arguments, Path data) {
        this.arguments =
                arguments.stream().map(each -> each.equals("--detach") ? OPTION : each).toList();
        this.data = data;
    }

    /** Gives 0 when the venue serves, else the status that the other process ended with. */
    int start() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopUnlessSettled(process), "shutdown"));
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                System.out.println(line);
            }
        }
        int status = serves(process) ? 0 : process.waitFor();
        settled = true;
        return status;
    }

    /** Whether a venue serves from the data, and it is that process's, not one from before. */
    private boolean serves(Process process) throws IOException {
        Optional<RunState> state = RunState.read(data.resolve("run"));
        return state.flatMap(RunState::liveSupervisor)
                        .filter(supervisor -> supervisor.pid() == process.pid())
                        .isPresent()
                && state.flatMap(RunState::url).isPresent();
    }

    private void stopUnlessSettled(Process process) {
        if (settled) {
            return;
        }
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("setsid", JavaProgram.path()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
