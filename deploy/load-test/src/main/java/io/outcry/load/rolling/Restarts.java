package io.outcry.load.rolling;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a command so many times, on a thread of its own. Safe for use by many threads. */
final class Restarts implements AutoCloseable {
    private static final long SETTLE_MS = 2_000;
    private static final long LONGEST_MINUTES = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String command;
    private final int times;
    private final List<Double> seconds = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "restarts");
    private volatile Runnable done = () -> {};
    private volatile @Nullable String failure;

    Restarts(String command, int times) {
        this.command = command;
        this.times = times;
    }

    /** What is called after the last one, or one that failed. */
    void whenDone(Runnable called) {
        done = called;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            for (int i = 0; i < times && failure == null; i++) {
                once();
            }
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            failure = "interrupted";
        } finally {
            done.run();
        }
    }

    private void once() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Process process =
                new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                failure = command + " takes more than " + LONGEST_MINUTES + " minutes";
            } else if (process.exitValue() != 0) {
                failure = command + " ended with status " + process.exitValue();
            }
        } finally {
            process.destroy();
        }
        seconds.add((System.nanoTime() - startNanos) / NANOS_PER_SECOND);
    }

    /**
     * How long each took.
     *
     * @throws IOException when one failed
     */
    List<Double> seconds() throws IOException {
        String reason = failure;
        if (reason == null && seconds.size() < times) {
            reason = "the load ended before all " + times;
        }
        if (reason != null) {
            throw new IOException("after " + seconds.size() + " restarts: " + reason);
        }
        return List.copyOf(seconds);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
