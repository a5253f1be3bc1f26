package io.outcry.stores;

import io.outcry.engineclient.EngineFeed;
import io.outcry.engineclient.EngineSettings;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import io.outcry.persistence.Projector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A projector in a process of its own, to be killed at any moment. For one thread. */
final class ProjectorProcess {
    /** Small, so that a run begins many of them. */
    private static final long SEGMENT_EVENTS = 100_000;

    private final List<String> command;
    private final ProcessBuilder builder;
    private Process process;

    ProjectorProcess(Servers servers, Path log) throws IOException {
        PersistenceSettings database = servers.persistence();
        command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProjectorProcess.class.getName());
        builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DATABASE_URL", database.url());
        builder.environment().put("DATABASE_USER", database.user());
        builder.environment().put("DATABASE_PASSWORD", database.password());
        builder.environment().put("ENGINE_TARGET", servers.target());
        process = builder.start();
    }

    /** As {@code kill -9}; another takes its place. */
    void killAndReplace() throws IOException {
        kill();
        process = builder.start();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Projects until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        PersistenceSettings settings =
                PersistenceSettings.of(
                                System.getenv("DATABASE_URL"),
                                System.getenv("DATABASE_USER"),
                                System.getenv("DATABASE_PASSWORD"))
                        .withSegmentEvents(SEGMENT_EVENTS);
        try (Persistence persistence = Persistence.open(settings);
                EngineFeed feed = EngineFeed.of(EngineSettings.of(System.getenv("ENGINE_TARGET")));
                Projector projector = persistence.project(feed)) {
            while (projector.status().role() != Projector.Role.FAILED) {
                Thread.sleep(1_000);
            }
        }
    }
}
