package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real Redis that keeps nothing on disk, reachable from this machine alone. A full one refuses
 * writes instead of dropping keys, since a revoked token's key must not vanish early. Immutable.
 */
public final class RedisServer {
    private final DataDirectory data;
    private final ServerBinaries binaries;
    private final Unprivileged unprivileged;
    private final InetSocketAddress address;

    /** A server whose program is unpacked when it is first started. */
    public RedisServer(
            DataDirectory data,
            ServerBinaries binaries,
            Unprivileged unprivileged,
            InetSocketAddress address) {
        this.data = data;
        this.binaries = binaries;
        this.unprivileged = unprivileged;
        this.address = address;
    }

    public Component component() {
        return new Component(
                "redis",
                address.getHostString() + ":" + address.getPort(),
                this::next,
                Probes.redis(address),
                data.logs().resolve("redis.log"),
                Duration.ofSeconds(20),
                Signal.TERM,
                Duration.ofSeconds(5));
    }

    private Launch next() throws IOException {
        List<String> command =
                List.of(
                        binaries.redis().resolve("redis-server").toString(),
                        "--bind",
                        address.getHostString(),
                        "--port",
                        Integer.toString(address.getPort()),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--maxmemory",
                        "256mb",
                        "--maxmemory-policy",
                        "noeviction",
                        "--tcp-backlog",
                        "128");
        return new Launch(unprivileged.command(command), Map.of(), data.run());
    }
}
