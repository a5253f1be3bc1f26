package io.outcry.standalone;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.RunState;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Listener;
import io.outcry.standalone.process.StartException;
import io.outcry.standalone.process.Supervised;
import io.outcry.standalone.server.ClassArchive;
import io.outcry.standalone.server.ClassArchiving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A whole venue on this machine: PostgreSQL, Redis, the engine, the API's replicas and nginx, as
 * processes that are started in the order of their dependencies, started again when they crash, and
 * stopped in reverse.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} may be called by different threads: closing
 * ends a start under way.
 */
public final class Venue implements AutoCloseable {
    private final VenueSettings settings;
    private final Progress progress;

    /** Held while closing, so that a second caller returns only when all is stopped. */
    private final Object closingOnce = new Object();

    /** Guards what follows; not held while waiting for a process. */
    private final Object lifecycle = new Object();

    private final List<List<Supervised>> stages = new ArrayList<>();
    private boolean closing;
    private @Nullable DataDirectory data;
    private @Nullable RunState state;
    private @Nullable ClassArchive recorded;

    public Venue(VenueSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Starts everything, and returns when the venue serves. Once only.
     *
     * @throws StartException when that cannot be; {@link #close} then stops what was started
     */
    public void start() throws IOException, InterruptedException {
        settings.requireComplete();
        DataDirectory directory = DataDirectory.open(settings.data());
        RunState record = begin(directory);
        settings.ports().requireFree(settings.database().isEmpty(), settings.redis().isEmpty());
        var recorder =
                new Recorder(
                        record, directory.logs().resolve("venue.log"), Clock.systemUTC(), progress);
        Blueprint blueprint = new Blueprint(settings, directory, progress);
        Optional<Component> recording = blueprint.recording();
        if (recording.isPresent()) {
            archiveClasses(new Supervised(recording.get(), recorder), blueprint.archive());
        }
        List<List<Supervised>> planned = supervised(blueprint.stages(), recorder);
        if (settings.nginx().isEmpty()) {
            // One replica waits for its servers by itself, and starts while they do.
            startTogether(planned);
        } else {
            for (List<Supervised> stage : planned) {
                startTogether(List.of(stage));
            }
        }
        recordsAtStop(blueprint.archive());
        directory.markInitialized();
        record.ready(uri().toString());
    }

    /** Where clients connect. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + settings.ports().http());
    }

    /** A running component by its name, as in {@code engine} or {@code api-0}. */
    public Supervised component(String name) {
        synchronized (lifecycle) {
            return stages.stream()
                    .flatMap(List::stream)
                    .filter(supervised -> supervised.component().name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new NoSuchElementException(
                                            "no component " + name + " runs here"));
        }
    }

    private RunState begin(DataDirectory directory) throws IOException, InterruptedException {
        synchronized (lifecycle) {
            requireOpen();
            data = directory;
        }
        RunState.stopLeftovers(directory.run());
        RunState begun = RunState.begin(directory.run());
        synchronized (lifecycle) {
            state = begun;
        }
        return begun;
    }

    private static List<List<Supervised>> supervised(
            List<List<Component>> components, Listener listener) {
        return components.stream()
                .map(
                        stage ->
                                stage.stream()
                                        .map(component -> new Supervised(component, listener))
                                        .toList())
                .toList();
    }

    /** Starts stages at once, and returns when all of them are ready. */
    private void startTogether(List<List<Supervised>> starting) throws InterruptedException {
        List<Supervised> stage = starting.stream().flatMap(List::stream).toList();
        synchronized (lifecycle) {
            requireOpen();
            stages.addAll(starting);
            stage.forEach(Supervised::start);
        }
        CompletableFuture<Void> allReady =
                CompletableFuture.allOf(
                        stage.stream()
                                .map(Supervised::firstReady)
                                .toArray(CompletableFuture[]::new));
        // The first failure ends the wait: the others may yet take long.
        stage.forEach(
                each ->
                        each.firstReady()
                                .exceptionally(
                                        failure -> {
                                            allReady.completeExceptionally(failure);
                                            return null;
                                        }));
        try {
            allReady.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    private void archiveClasses(Supervised recording, ClassArchive archive)
            throws IOException, InterruptedException {
        startTogether(List.of(List.of(recording)));
        recording.stop();
        synchronized (lifecycle) {
            stages.remove(List.of(recording));
        }
        keep(archive);
    }

    private void recordsAtStop(ClassArchive archive) {
        if (settings.start().archiving() == ClassArchiving.AT_THE_STOP && !archive.exists()) {
            synchronized (lifecycle) {
                recorded = archive;
            }
        }
    }

    private void keep(ClassArchive archive) throws IOException {
        if (!archive.keep()) {
            progress.warning("there is no archive of classes: replicas start more slowly without");
        }
    }

    private void requireOpen() {
        if (closing) {
            throw new StartException("the start was cut short");
        }
    }

    /** Stops everything in order, and returns when no process of the venue is left. */
    @Override
    public void close() {
        synchronized (closingOnce) {
            List<List<Supervised>> running;
            synchronized (lifecycle) {
                closing = true;
                running = new ArrayList<>(stages);
            }
            Collections.reverse(running);
            running.forEach(Venue::stopStage);
            release();
        }
    }

    private static void stopStage(List<Supervised> stage) {
        CompletableFuture<?>[] stops =
                stage.stream()
                        .map(
                                each ->
                                        CompletableFuture.runAsync(
                                                () -> stop(each),
                                                task -> new Thread(task, "stop").start()))
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stops).join();
    }

    private static void stop(Supervised supervised) {
        try {
            supervised.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        try {
            synchronized (lifecycle) {
                stages.clear();
                if (recorded != null) {
                    keep(recorded);
                    recorded = null;
                }
                if (state != null) {
                    state.end();
                    state = null;
                }
                if (data != null) {
                    data.close();
                    data = null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end in good order", e);
        }
    }
}
