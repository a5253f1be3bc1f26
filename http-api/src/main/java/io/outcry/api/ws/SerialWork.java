package io.outcry.api.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks of one session, run one by one in their order on threads that it shares with others. Of
 * each session the executor has one task at most. Safe for use by many threads.
 */
final class SerialWork {
    private static final Logger LOG = LoggerFactory.getLogger(SerialWork.class);

    private final Executor executor;

    // Guarded by this.
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    SerialWork(Executor executor) {
        this.executor = executor;
    }

    /** Whether it was taken: not when that many wait, nor once the executor is shut down. */
    boolean add(Runnable task, int most) {
        synchronized (this) {
            if (waiting.size() >= most) {
                return false;
            }
            waiting.add(task);
            if (working) {
                return true;
            }
            working = true;
        }
        return goOn();
    }

    /**
     * Runs a task that never waits: at once and on the calling thread if nothing is before it,
     * otherwise like any other. Whether it was taken: not when that many wait.
     */
    boolean run(Runnable task, int most) {
        synchronized (this) {
            if (working) {
                return waiting.size() < most && waiting.add(task);
            }
            working = true;
        }
        task.run();
        synchronized (this) {
            working = !waiting.isEmpty();
            if (!working) {
                return true;
            }
        }
        return goOn();
    }

    private boolean goOn() {
        try {
            executor.execute(this::runAll);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is stopping", e);
            return false;
        }
    }

    private void runAll() {
        Runnable next = takeNext();
        while (next != null) {
            next.run();
            next = takeNext();
        }
    }

    private synchronized @Nullable Runnable takeNext() {
        Runnable next = waiting.poll();
        working = next != null;
        return next;
    }
}
