package io.outcry.standalone.process;

import java.util.List;

/**
 * How the kernel shares the processors among servers: by its policy for batches (sched(7)), where
 * it may be chosen. An order wakes a dozen threads of several servers, one after the other; under
 * this policy a thread that is woken does not interrupt one that works, which then does more at
 * once.
 */
final class Scheduling {
    private static final List<String> BATCH = List.of("chrt", "--batch", "0");

    private Scheduling() {}

    /** The command that runs {@code command} so; a container's rules may forbid it. */
    static List<String> inBatches(List<String> command) {
        return Prefix.before(command, BATCH);
    }
}
