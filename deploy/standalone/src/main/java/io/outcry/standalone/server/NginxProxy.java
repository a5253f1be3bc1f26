package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * nginx before the replicas, with our configuration and nothing of the system's. Immutable.
 *
 * <p>Requests go to the first replicas, as many as are to be active; the others are its backups.
 */
public final class NginxProxy {
    private static final String TEMPLATE = "nginx.conf.template";

    /**
     * One machine's clients share an address: 40 of them and far more must not be throttled by it.
     */
    private static final int CONNECTIONS_PER_ADDRESS = 4096;

    /** The venue ends with it; WebSockets would keep it for as long as nginx lets them. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final DataDirectory data;
    private final Path binary;
    private final Unprivileged unprivileged;
    private final InetSocketAddress address;
    private final List<InetSocketAddress> replicas;
    private final int active;

    public NginxProxy(
            DataDirectory data,
            Path binary,
            Unprivileged unprivileged,
            InetSocketAddress address,
            List<InetSocketAddress> replicas,
            int active) {
        this.data = data;
        this.binary = binary;
        this.unprivileged = unprivileged;
        this.address = address;
        this.replicas = List.copyOf(replicas);
        this.active = active;
    }

    public Component component(HttpClient client) {
        return new Component(
                "nginx",
                text(address),
                this::next,
                Probes.http(client, URI.create("http://" + text(address) + "/health"), "OK"),
                data.logs().resolve("nginx.log"),
                Duration.ofSeconds(20),
                Signal.QUIT,
                STOP_WITHIN);
    }

    private Launch next() throws IOException {
        Path prefix = data.run().resolve("nginx");
        Files.createDirectories(prefix.resolve("temp"));
        unprivileged.own(prefix);
        unprivileged.own(prefix.resolve("temp"));
        Files.writeString(prefix.resolve("nginx.conf"), configuration());
        List<String> command =
                unprivileged.command(
                        List.of(
                                binary.toString(),
                                "-p",
                                prefix.toString(),
                                "-c",
                                "nginx.conf",
                                "-e",
                                "stderr"));
        return new Launch(command, Map.of(), prefix);
    }

    private String configuration() throws IOException {
        String servers =
                IntStream.range(0, replicas.size())
                        .mapToObj(this::server)
                        .collect(Collectors.joining("\n"));
        return template()
                .replace("${LISTEN}", text(address))
                .replace(
                        "${WORKER_PROCESSES}",
                        Integer.toString(Runtime.getRuntime().availableProcessors()))
                .replace("${CONNECTIONS_PER_ADDRESS}", Integer.toString(CONNECTIONS_PER_ADDRESS))
                .replace("${API_SERVERS}", servers);
    }

    private String server(int replica) {
        String role = replica < active ? "" : " backup";
        return "    server " + text(replicas.get(replica)) + role + " max_fails=5 fail_timeout=1s;";
    }

    private static String template() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(NginxProxy.class.getResourceAsStream(TEMPLATE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
