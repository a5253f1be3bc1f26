package io.outcry.load.bare;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Puts processes that run under Linux's scheduling policy for batches, which the servers of a local
 * venue run under: what is compared must be scheduled alike.
 */
final class BatchPolicy {
    private BatchPolicy() {}

    /**
     * The process and those that it has started; where that is not allowed a venue does without.
     */
    static void put(Process process) throws IOException {
        Stream<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants());
        for (ProcessHandle each : all.toList()) {
            int unused =
                    new ProcessBuilder(
                                    "chrt",
                                    "--all-tasks",
                                    "--batch",
                                    "--pid",
                                    "0",
                                    Long.toString(each.pid()))
                            .start()
                            .onExit()
                            .join()
                            .exitValue();
        }
    }
}
