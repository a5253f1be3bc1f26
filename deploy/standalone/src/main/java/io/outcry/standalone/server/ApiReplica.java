package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.Secrets;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.Signal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One replica of the HTTP API. Immutable.
 *
 * @param servers the addresses that it is given
 */
public record ApiReplica(
        DataDirectory data,
        Path jar,
        Secrets secrets,
        Servers servers,
        int index,
        InetSocketAddress address) {
    /**
     * Several replicas share few cores: a small heap and a collector without threads of its own.
     */
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-Xms64m",
                    "-Xmx192m",
                    "-Xss512k",
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Duser.timezone=UTC");

    /**
     * What a replica needs to reach.
     *
     * @param redisUrl as in {@code redis://127.0.0.1:6379}
     */
    public record Servers(Database database, String redisUrl, String engineTarget) {}

    public Component component(HttpClient client) {
        String name = "api-" + index;
        URI ready = URI.create("http://" + listen() + "/health/ready");
        return new Component(
                name,
                listen(),
                this::next,
                Probes.http(client, ready, ""),
                data.logs().resolve(name + ".log"),
                Duration.ofMinutes(2),
                Signal.TERM,
                Duration.ofSeconds(30));
    }

    private String listen() {
        return address.getHostString() + ":" + address.getPort();
    }

    private Launch next() {
        List<String> command = new ArrayList<>(List.of(JavaProgram.path()));
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-jar", jar.toString()));
        Map<String, String> environment = new HashMap<>(servers.database().environment());
        environment.put("REDIS_URL", servers.redisUrl());
        environment.put("ENGINE_TARGET", servers.engineTarget());
        environment.put("OUTCRY_HTTP_HOST", address.getHostString());
        environment.put("OUTCRY_HTTP_PORT", Integer.toString(address.getPort()));
        environment.put("OUTCRY_PROFILE", "paper");
        environment.put("OUTCRY_TOKEN_KEY_FILE", secrets.tokenKey().toString());
        return new Launch(command, environment, data.run());
    }
}
