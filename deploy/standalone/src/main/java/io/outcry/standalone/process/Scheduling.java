package io.outcry.standalone.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the kernel shares the processors among servers: by its policy for batches (sched(7)), where
 * it may be chosen. An order wakes a dozen threads of several servers, one after the other; under
 * this policy a thread that is woken does not interrupt one that works, which then does more at
 * once.
 */
final class Scheduling {
    private static final List<String> BATCH = List.of("chrt", "--batch", "0");
    private static final List<String> PREFIX = allowed() ? BATCH : List.of();

    private Scheduling() {}

    /** The command that runs {@code command} so. */
    static List<String> inBatches(List<String> command) {
        List<String> whole = new ArrayList<>(PREFIX);
        whole.addAll(command);
        return whole;
    }

    /** Not where there is no chrt, or a container's rules forbid it: then it would run nothing. */
    private static boolean allowed() {
        List<String> trial = new ArrayList<>(BATCH);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
