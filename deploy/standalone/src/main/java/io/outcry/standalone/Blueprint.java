package io.outcry.standalone;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.Secrets;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Probe;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.StartException;
import io.outcry.standalone.server.ApiReplica;
import io.outcry.standalone.server.ClassArchive;
import io.outcry.standalone.server.ClassArchiving;
import io.outcry.standalone.server.Database;
import io.outcry.standalone.server.EngineServer;
import io.outcry.standalone.server.Installation;
import io.outcry.standalone.server.NginxProxy;
import io.outcry.standalone.server.PostgresServer;
import io.outcry.standalone.server.RedisServer;
import io.outcry.standalone.server.ServerBinaries;
import io.outcry.standalone.server.UnpackListener;
import io.outcry.standalone.server.Unprivileged;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works out from the settings which components there are, and in which order they start. Used once,
 * by one thread.
 */
final class Blueprint {
    private static final int DEFAULT_REDIS_PORT = 6379;
    private static final Duration REPLICA_READY_WITHIN = Duration.ofMinutes(2);

    private final VenueSettings settings;
    private final DataDirectory data;
    private final Secrets secrets;
    private final Unprivileged unprivileged;
    private final ServerBinaries binaries;
    private final Installation installation;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    Blueprint(VenueSettings settings, DataDirectory data, Progress progress) throws IOException {
        this.settings = settings;
        this.data = data;
        this.secrets = Secrets.in(data.secrets());
        this.unprivileged = Unprivileged.in(data.root());
        UnpackListener unpacked = (name, elapsed) -> progress.step("unpack", name, elapsed);
        this.binaries = new ServerBinaries(data.cache(), unpacked);
        this.installation = new Installation(settings.programs(), data.cache(), unpacked);
    }

    ClassArchive archive() throws IOException {
        return installation.archive();
    }

    /** What makes the archive, if that is wanted and not done yet: it runs until it is stopped. */
    Optional<Component> recording() throws IOException {
        if (settings.start().archiving() != ClassArchiving.BEFORE_THE_START || archive().exists()) {
            return Optional.empty();
        }
        InetSocketAddress free = Ports.address(settings.ports().api().get(0));
        return Optional.of(replica(ApiReplica.Servers.NONE, 0, free).recording(http));
    }

    /** The components of one stage need those of the stages before, and stop before them. */
    List<List<Component>> stages() throws IOException {
        Ports ports = settings.ports();
        List<Component> servers = new ArrayList<>();
        Database database = database(servers);
        String redisUrl = redis(servers);
        EngineServer engine =
                new EngineServer(
                        data,
                        installation::engine,
                        Ports.address(ports.engine()),
                        settings.operator().engine());
        servers.add(engine.component());
        var addresses = new ApiReplica.Servers(database, redisUrl, engine.target());
        List<InetSocketAddress> replicas = ports.api().stream().map(Ports::address).toList();
        List<Component> apis = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            apis.add(replica(addresses, i, replicas.get(i)).component(http));
        }
        if (settings.nginx().isEmpty()) {
            return List.of(servers, apis);
        }
        NginxProxy nginx =
                new NginxProxy(
                        data,
                        settings.nginx().get(),
                        unprivileged,
                        Ports.address(ports.http()),
                        replicas,
                        settings.active());
        return List.of(servers, apis, List.of(nginx.component(http)));
    }

    private ApiReplica replica(ApiReplica.Servers servers, int index, InetSocketAddress address) {
        return new ApiReplica(
                data,
                installation,
                settings.start(),
                secrets,
                servers,
                settings.operator(),
                settings.ports().api().size(),
                index,
                address,
                settings.nginx().isEmpty() ? EngineServer.READY_WITHIN : REPLICA_READY_WITHIN);
    }

    private Database database(List<Component> servers) throws IOException {
        if (settings.database().isPresent()) {
            Database existing = settings.database().get();
            require("DATABASE_URL", existing.toString(), existing.probe());
            return existing;
        }
        PostgresServer server =
                new PostgresServer(
                        data, binaries, unprivileged, secrets, settings.ports().postgres());
        servers.add(server.component());
        return server.database();
    }

    private String redis(List<Component> servers) throws IOException {
        if (settings.redis().isPresent()) {
            URI existing = settings.redis().get();
            int port = existing.getPort() < 0 ? DEFAULT_REDIS_PORT : existing.getPort();
            require(
                    "REDIS_URL",
                    existing.toString(),
                    Probes.tcp(new InetSocketAddress(existing.getHost(), port)));
            return existing.toString();
        }
        InetSocketAddress address = Ports.address(settings.ports().redis());
        servers.add(new RedisServer(data, binaries, unprivileged, address).component());
        return "redis://" + address.getHostString() + ":" + address.getPort();
    }

    private static void require(String variable, String what, Probe probe) {
        Optional<String> problem = probe.problem();
        if (problem.isPresent()) {
            throw new StartException(variable + ": " + what + " cannot be used: " + problem.get());
        }
    }
}
