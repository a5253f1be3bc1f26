package io.outcry.standalone;

import io.outcry.standalone.data.RunState;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Listener;
import io.outcry.standalone.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;

/**
 * Keeps on disk which processes run, and what became of them and when, before it passes the news
 * on. A disk that takes no more is told and costs no component its supervision. Thread-safe.
 */
final class Recorder implements Listener {
    private final RunState state;
    private final Path eventLog;
    private final Clock clock;
    private final Progress progress;

    Recorder(RunState state, Path eventLog, Clock clock, Progress progress) {
        this.state = state;
        this.eventLog = eventLog;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public void spawned(Component component, ProcessIdentity identity) {
        record(component.name() + " started as process " + identity.pid());
        attempt(() -> state.processStarted(component.name(), identity));
        progress.spawned(component, identity);
    }

    @Override
    public void ready(Component component, Duration elapsed) {
        record(component.name() + " ready after " + elapsed.toMillis() + " ms");
        attempt(() -> state.processReady(component.name()));
        progress.ready(component, elapsed);
    }

    @Override
    public void crashed(Component component, String reason, Duration pause) {
        record(component.name() + " " + reason + "; starts again in " + pause.toMillis() + " ms");
        progress.crashed(component, reason, pause);
    }

    @Override
    public void stopped(Component component) {
        record(component.name() + " stopped");
        progress.stopped(component);
    }

    private synchronized void record(String event) {
        String line = clock.instant() + " " + event + "\n";
        attempt(
                () ->
                        Files.writeString(
                                eventLog,
                                line,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND));
    }

    private interface Write {
        void run() throws IOException;
    }

    private void attempt(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            progress.warning("cannot keep records: " + e.getMessage());
        }
    }
}
