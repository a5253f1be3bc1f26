package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.Secrets;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.LaunchSource;
import io.outcry.standalone.process.Probe;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.Processors;
import io.outcry.standalone.process.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One replica of the HTTP API. Immutable.
 *
 * @param readyWithin counts from its start, and so includes the starts that it waits for
 * @param servers the addresses that it is given
 * @param replicas how many there are
 */
public record ApiReplica(
        DataDirectory data,
        Installation installation,
        ReplicaStart start,
        Secrets secrets,
        Servers servers,
        OperatorSettings operator,
        int replicas,
        int index,
        InetSocketAddress address,
        Duration readyWithin) {
    /** By then a replica that is stuck has ended itself. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    /**
     * Several replicas share few cores: a small heap and a collector without threads of its own.
     * Each counts all processors, even if it may run on one: it has a share of them all.
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
    public record Servers(Database database, String redisUrl, String engineTarget) {
        /** The discard service's port, where no server of the venue listens. */
        private static final String NOBODY = "127.0.0.1:9";

        /** Addresses at which there is nothing. */
        public static final Servers NONE =
                new Servers(
                        new Database(
                                "jdbc:postgresql://" + NOBODY + "/none",
                                "none",
                                "none",
                                "DATABASE_PASSWORD",
                                "none"),
                        "redis://" + NOBODY,
                        NOBODY);
    }

    public Component component(HttpClient client) {
        return component("api-" + index, this::next, Probes.http(client, health("ready"), ""));
    }

    /**
     * The same, to write the archive when it is stopped. It need not reach any server for that: it
     * waits for them in vain, and listens for probes meanwhile.
     */
    public Component recording(HttpClient client) {
        return component(
                "api-classes",
                () -> launch(installation.archive().record(), probedAtItsAddress()),
                Probes.http(client, health("live"), ""));
    }

    private Component component(String name, LaunchSource source, Probe probe) {
        return new Component(
                name,
                listen(),
                source,
                probe,
                data.logs().resolve(name + ".log"),
                readyWithin,
                Signal.TERM,
                STOP_WITHIN);
    }

    private URI health(String probe) {
        return URI.create("http://" + listen() + "/health/" + probe);
    }

    private String listen() {
        return address.getHostString() + ":" + address.getPort();
    }

    private Launch next() throws IOException {
        ClassArchive archive = installation.archive();
        boolean records =
                start.archiving() == ClassArchiving.AT_THE_STOP && index == 0 && !archive.exists();
        Launch launch = launch(records ? archive.record() : archive.use(), Map.of());
        List<String> command = Processors.spread(index, replicas, launch.command());
        return new Launch(command, launch.environment(), launch.directory());
    }

    private Map<String, String> probedAtItsAddress() {
        return Map.of("OUTCRY_PROBE_PORT", Integer.toString(address.getPort()));
    }

    private Launch launch(List<String> classes, Map<String, String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(JavaProgram.path()));
        command.addAll(JVM_FLAGS);
        command.add("-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors());
        command.addAll(classes);
        command.addAll(List.of("-jar", installation.programs().api().toString()));
        Map<String, String> environment = new HashMap<>(Map.of("OUTCRY_PROFILE", "paper"));
        environment.putAll(operator.ofReplica(index));
        environment.putAll(servers.database().environment());
        environment.put("REDIS_URL", servers.redisUrl());
        environment.put("ENGINE_TARGET", servers.engineTarget());
        environment.put("OUTCRY_HTTP_HOST", address.getHostString());
        environment.put("OUTCRY_HTTP_PORT", Integer.toString(address.getPort()));
        environment.putAll(more);
        environment.put("OUTCRY_REPLICAS", Integer.toString(replicas));
        environment.put("OUTCRY_WARM_UP_MS", Long.toString(start.warmUp().toMillis()));
        environment.put("OUTCRY_TOKEN_KEY_FILE", secrets.tokenKey().toString());
        return new Launch(command, environment, data.run());
    }
}
