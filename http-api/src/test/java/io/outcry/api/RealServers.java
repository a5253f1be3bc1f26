package io.outcry.api;

import io.outcry.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** PostgreSQL, Redis and the engine, each a real process on a free port. For one thread. */
final class RealServers implements AutoCloseable {
    private static final Path ENGINE =
            Path.of("..", "engine-cpp", "target", "outcry-engine").toAbsolutePath().normalize();

    private final Path journal;
    private final int enginePort = FreePorts.one();
    private final int redisPort = FreePorts.one();
    private final EmbeddedPostgres postgres;
    private final RedisServer redis;
    private Process engine;

    private RealServers(Path journal) throws IOException {
        this.journal = journal;
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        redis = RedisServer.newRedisServer().port(redisPort).bind("127.0.0.1").build();
        redis.start();
    }

    /** Whether the engine has been built. */
    static boolean available() {
        return Files.isExecutable(ENGINE);
    }

    /** All but the engine. */
    static RealServers start(Path journal) throws IOException {
        return new RealServers(journal);
    }

    void startEngine() throws IOException {
        boolean first = !Files.exists(journal);
        ProcessBuilder builder =
                new ProcessBuilder(
                        first
                                ? List.of(ENGINE.toString(), "serve", "--init")
                                : List.of(ENGINE.toString(), "serve"));
        builder.environment().clear();
        builder.environment().put("OUTCRY_ENGINE_DATA", journal.toString());
        builder.environment().put("OUTCRY_ENGINE_LISTEN", "127.0.0.1:" + enginePort);
        builder.environment().put("OUTCRY_ENGINE_LOG_LEVEL", "debug");
        engine =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(engineLog().toFile()))
                        .start();
    }

    Path engineLog() {
        return journal.resolveSibling("engine.log");
    }

    /** By force, as kill -9 does. */
    void killEngine() throws InterruptedException {
        engine.destroyForcibly().waitFor();
    }

    /** While the engine does not run. */
    void copyJournal() throws IOException {
        Path copy = Files.createDirectory(journal.resolveSibling("copy"));
        try (Stream<Path> files = Files.list(journal)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }

    /** As when its volume alone is restored, while the engine does not run. */
    void putJournalBack() throws IOException {
        Files.move(journal, journal.resolveSibling("lost"));
        Files.move(journal.resolveSibling("copy"), journal);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        environment.put("DATABASE_USER", "postgres");
        environment.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
        environment.put("ENGINE_TARGET", "127.0.0.1:" + enginePort);
        environment.put("OUTCRY_ENGINE_DEADLINE_MS", "2000");
        environment.put("OUTCRY_READ_WAIT_MS", "5000");
        return environment;
    }

    @Override
    public void close() throws IOException {
        if (engine != null) {
            engine.destroy();
            try {
                engine.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        redis.stop();
        postgres.close();
    }
}
