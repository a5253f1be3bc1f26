package io.outcry.standalone.process;

import java.time.Duration;
import java.util.List;

/** Ends processes that outlived the supervisor that started them. */
public final class Leftovers {
    private static final Duration KILLED = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private Leftovers() {}

    /** Asks all to end, and kills those that have not in time. Returns when none is left. */
    public static void stop(List<ProcessIdentity> processes, Duration orderly)
            throws InterruptedException {
        processes.forEach(process -> Signal.TERM.send(process.pid()));
        if (awaitEnd(processes, orderly)) {
            return;
        }
        for (ProcessIdentity process : processes) {
            if (process.isAlive()) {
                Signal.KILL.send(process.pid());
                Signal.KILL.sendToGroup(process.pid());
            }
        }
        if (!awaitEnd(processes, KILLED)) {
            throw new IllegalStateException("killed, but still there: " + processes);
        }
    }

    private static boolean awaitEnd(List<ProcessIdentity> processes, Duration limit)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(ProcessIdentity::isAlive)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }
}
