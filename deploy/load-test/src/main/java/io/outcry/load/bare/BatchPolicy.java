package io.outcry.load.bare;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Stream;

/**
 * Puts processes that run under Linux's scheduling policy for batches, which the servers of a local
 * venue run under: what is compared must be scheduled alike.
 */
final class BatchPolicy {
    private static final Logger LOG = System.getLogger(BatchPolicy.class.getName());

    private BatchPolicy() {}

    /** The process and those that it has started; where it may not be, a venue does without. */
    static void put(Process process) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .forEach(BatchPolicy::put);
    }

    private static void put(long pid) {
        try {
            Process unused =
                    new ProcessBuilder("chrt", "--all-tasks", "--batch", "--pid", "0", "" + pid)
                            .start()
                            .onExit()
                            .join();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "there is no chrt, as for the venue then", e);
        }
    }
}
