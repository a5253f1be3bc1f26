package io.outcry.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an early end with a report: the process lives on, for a bounded time, until
 * this is closed. The action runs on a thread of the runtime's.
 */
final class Interruption implements AutoCloseable {
    private static final Duration FOR_THE_REPORT = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration longestWait;
    private Runnable action = () -> {};
    private boolean interrupted;

    /**
     * @param longestEnd of the run after it was told to stop
     */
    Interruption(Duration longestEnd) {
        longestWait = longestEnd.plus(FOR_THE_REPORT);
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "load-interruption"));
    }

    /** Sets what Ctrl-C does from now on; when it came before, it is done at once. */
    synchronized void onInterrupt(Runnable newAction) {
        action = newAction;
        if (interrupted) {
            newAction.run();
        }
    }

    synchronized boolean interrupted() {
        return interrupted;
    }

    private synchronized void runAction() {
        interrupted = true;
        action.run();
    }

    private void interrupt() {
        runAction();
        try {
            if (!closed.await(longestWait.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("no report: the run did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
