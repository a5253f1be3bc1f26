package io.outcry.standalone;

import io.outcry.standalone.process.PortOwner;
import io.outcry.standalone.process.StartException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The local ports of a venue's components, all on 127.0.0.1.
 *
 * @param http where clients connect
 * @param api one for each replica; that for clients itself, when nothing is before the replica
 */
public record Ports(int http, List<Integer> api, int engine, int postgres, int redis) {
    private static final int HIGHEST = 65_535;

    /** How long a process that was killed may hold its port when it can no longer be named. */
    private static final Duration ENDING = Duration.ofSeconds(5);

    public Ports {
        api = List.copyOf(api);
    }

    /** Replica i listens on {@code firstApi + i}. */
    public static Ports of(
            int http, int firstApi, int replicas, int engine, int postgres, int redis) {
        return new Ports(
                http,
                IntStream.range(firstApi, firstApi + replicas).boxed().toList(),
                engine,
                postgres,
                redis);
    }

    /** One replica, to which clients connect. */
    public static Ports direct(int http, int engine, int postgres, int redis) {
        return new Ports(http, List.of(http), engine, postgres, redis);
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /**
     * Checks that all ports can be listened on.
     *
     * @throws StartException naming every port that cannot be used, by whom it is taken, and what
     *     to do
     */
    void requireFree(boolean withPostgres, boolean withRedis) {
        List<String> problems = new ArrayList<>();
        check("clients", http, "--http-port", problems);
        for (int i = 0; i < api.size(); i++) {
            if (api.get(i) != http) {
                check("api-" + i, api.get(i), "--api-port", problems);
            }
        }
        check("engine", engine, "--engine-port", problems);
        if (withPostgres) {
            check(
                    "postgres",
                    postgres,
                    "--postgres-port (or DATABASE_URL to use that server)",
                    problems);
        }
        if (withRedis) {
            check("redis", redis, "--redis-port (or REDIS_URL to use that server)", problems);
        }
        if (!problems.isEmpty()) {
            throw new StartException(String.join("; ", problems));
        }
    }

    private static void check(String component, int port, String option, List<String> problems) {
        if (port < 1 || port > HIGHEST) {
            problems.add(
                    "port "
                            + port
                            + " for "
                            + component
                            + " is not between 1 and "
                            + HIGHEST
                            + ": see "
                            + option);
        } else if (!PortOwner.isFree(address(port))) {
            Optional<String> owner = PortOwner.describe(port);
            if (owner.isEmpty() && PortOwner.becomesFree(address(port), ENDING)) {
                return;
            }
            problems.add(
                    "port "
                            + port
                            + " for "
                            + component
                            + " is taken"
                            + owner.map(name -> " by " + name).orElse("")
                            + ": stop that, or choose another with "
                            + option);
        }
    }
}
