package io.outcry.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server of the test's own. For one thread. */
final class TestRedis implements AutoCloseable {
    private final int port;
    private final Map<String, String> settings;
    private RedisServer server;
    private ProcessHandle process;

    private TestRedis(int port, Map<String, String> settings) {
        this.port = port;
        this.settings = settings;
    }

    static TestRedis start() {
        return start(Map.of());
    }

    static TestRedis start(Map<String, String> settings) {
        return start(FreePorts.one(), settings);
    }

    static TestRedis start(int port, Map<String, String> settings) {
        TestRedis redis = new TestRedis(port, settings);
        redis.restart();
        return redis;
    }

    void restart() {
        try {
            RedisServerBuilder builder =
                    RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"");
            settings.forEach((name, value) -> builder.setting(name + " " + value));
            server = builder.build();
            server.start();
            process = ProcessHandle.of(processId()).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long processId() {
        try (RedisClient client = client()) {
            return client.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .mapToLong(line -> Long.parseLong(line.substring("process_id:".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** A command for which the client has no method that all servers share. */
    @SuppressWarnings("deprecation")
    String command(ProtocolCommand command, String... arguments) {
        try (RedisClient client = client()) {
            Object answer = client.sendCommand(command, arguments);
            return answer instanceof byte[] text ? new String(text, UTF_8) : "" + answer;
        }
    }

    /**
     * Lets in nobody but that user, who has the keys and channels that the README names. No command
     * of this object works from then on.
     */
    void admitOnly(String user, String password) {
        command(
                Protocol.Command.ACL,
                "SETUSER",
                user,
                "on",
                ">" + password,
                "~outcry:*",
                "resetchannels",
                "&outcry:{*}:updates",
                "&outcry:{account-*}:live",
                "+@all");
        command(Protocol.Command.ACL, "SETUSER", "default", "off");
    }

    void flushAll() {
        try (RedisClient client = client()) {
            client.flushAll();
        }
    }

    /** By force, as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops the process where it is, until it is thawed. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new IllegalStateException("cannot signal Redis");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
