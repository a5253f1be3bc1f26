package io.outcry.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one component running: starts it, waits until it is ready, and starts it again whenever it
 * ends by itself, or by somebody's SIGTERM, which so is the way to restart it. A process that ends
 * before the component was ever ready is not started again: that is a mistake to be shown, not a
 * crash.
 *
 * <p>Thread-safe. One watcher thread does all of this; other threads only read, or ask it to stop.
 */
public final class Supervised {
    private static final Duration PROBE_EVERY = Duration.ofMillis(50);
    private static final int SIGNALED = 128;

    /** How a process ends that somebody has asked to: by SIGTERM. */
    private static final int ASKED = SIGNALED + 15;

    private final Component component;
    private final Listener listener;
    private final Thread watcher;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    /** Held to start a process and to ask for the stop, so that none is started after it. */
    private final Object spawning = new Object();

    private volatile @Nullable Process process;
    private volatile boolean ready;

    public Supervised(Component component, Listener listener) {
        this.component = component;
        this.listener = listener;
        this.watcher = new Thread(this::watch, "watch-" + component.name());
    }

    /** Starts the component. Once only. */
    public void start() {
        watcher.start();
    }

    public Component component() {
        return component;
    }

    /**
     * Completes when the component is ready for the first time, or with the {@link StartException}
     * that says why not.
     */
    public CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Whether the process now running has been found ready. */
    public boolean isReady() {
        return ready;
    }

    /** The process now running, if one is. */
    public OptionalLong pid() {
        Process current = process;
        return current != null && current.isAlive()
                ? OptionalLong.of(current.pid())
                : OptionalLong.empty();
    }

    /** Ends the component, in good order if it can, and returns when no process of it is left. */
    public void stop() throws InterruptedException {
        synchronized (spawning) {
            stopRequested.countDown();
        }
        Process current = process;
        if (current != null && current.isAlive()) {
            component.stopSignal().send(current.pid());
            if (!current.waitFor(component.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                Signal.KILL.sendToGroup(current.pid());
            }
        }
        watcher.join();
        firstReady.completeExceptionally(new StartException(component.name() + " was stopped"));
        listener.stopped(component);
    }

    private void watch() {
        Backoff backoff = new Backoff();
        try {
            while (true) {
                long startedNanos = System.nanoTime();
                Ending ending = runOnce();
                if (isStopping()) {
                    return;
                }
                if (!firstReady.isDone()) {
                    firstReady.completeExceptionally(
                            new StartException(component.name() + ": " + ending.reason()));
                    return;
                }
                Duration pause =
                        ending.asked() ? Duration.ZERO : backoff.after(since(startedNanos));
                listener.crashed(component, ending.reason(), pause);
                if (stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one process from its start to its end, and says how it ended. */
    private Ending runOnce() throws InterruptedException {
        try {
            LogFile.rotate(component.log());
            Launch launch = component.source().next();
            Optional<Process> spawned = spawn(launch);
            return spawned.isEmpty() ? Ending.of("stopped") : outlive(spawned.get());
        } catch (IOException | RuntimeException e) {
            return Ending.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Process> spawn(Launch launch) throws IOException {
        synchronized (spawning) {
            if (isStopping()) {
                return Optional.empty();
            }
            Process spawned = launch.builder(component.log()).start();
            process = spawned;
            return Optional.of(spawned);
        }
    }

    private Ending outlive(Process spawned) throws InterruptedException {
        ProcessIdentity.of(spawned.pid())
                .ifPresent(identity -> listener.spawned(component, identity));
        Optional<String> overdue = awaitReady(spawned, System.nanoTime());
        if (overdue.isPresent()) {
            spawned.destroyForcibly();
        }
        int status = spawned.waitFor();
        ready = false;
        // What the process leaves behind could hold its port or its files.
        Signal.KILL.sendToGroup(spawned.pid());
        return overdue.map(Ending::of).orElseGet(() -> ending(status));
    }

    /**
     * Waits for the first answer to the probe.
     *
     * @return why it took too long; empty when the component is ready or will not be, for its
     *     process ended or is to stop
     */
    private Optional<String> awaitReady(Process spawned, long startedNanos)
            throws InterruptedException {
        while (spawned.isAlive() && !isStopping()) {
            Optional<String> problem = component.probe().problem();
            if (problem.isEmpty()) {
                ready = true;
                listener.ready(component, since(startedNanos));
                firstReady.complete(null);
                return Optional.empty();
            }
            if (since(startedNanos).compareTo(component.readyWithin()) > 0) {
                return Optional.of(
                        "not ready within "
                                + component.readyWithin().toSeconds()
                                + " s: "
                                + problem.get());
            }
            spawned.waitFor(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    /**
     * How a process ended.
     *
     * @param asked whether somebody had asked for it
     */
    private record Ending(String reason, boolean asked) {
        static Ending of(String reason) {
            return new Ending(reason, false);
        }
    }

    private Ending ending(int status) {
        if (status == ASKED) {
            return new Ending("was asked to end", true);
        }
        String how =
                status > SIGNALED
                        ? "killed by signal " + (status - SIGNALED)
                        : "exited with status " + status;
        String last = LogFile.lastLine(component.log());
        return Ending.of(last.isEmpty() ? how : how + ": " + last);
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
