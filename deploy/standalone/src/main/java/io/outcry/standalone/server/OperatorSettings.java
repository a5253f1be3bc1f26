package io.outcry.standalone.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What whoever starts the venue sets for its servers: variables of the environment as the engine
 * and the API know them. A server that does not know one refuses to start and names it. Immutable.
 *
 * @param engine the engine's
 * @param replicas those of each replica
 */
public record OperatorSettings(Map<String, String> engine, Map<String, String> replicas) {
    private static final String PREFIX = "OUTCRY_";
    private static final String ENGINE_PREFIX = "OUTCRY_ENGINE_";
    private static final String ADMIN_PORT = "OUTCRY_ADMIN_PORT";

    /** How a replica uses the engine. */
    private static final Set<String> OF_REPLICAS =
            Set.of(
                    "OUTCRY_ENGINE_DEADLINE_MS",
                    "OUTCRY_ENGINE_SEND_INTERVAL_MS",
                    "DATABASE_OWNER_USER",
                    "DATABASE_OWNER_PASSWORD",
                    "DATABASE_OWNER_PASSWORD_FILE",
                    "REDIS_CA_FILE");

    /** What the venue sets itself, and what to do instead. */
    private static final Map<String, String> OWN =
            Map.of(
                    "OUTCRY_ENGINE_DATA", "use --data",
                    "OUTCRY_ENGINE_LISTEN", "use --engine-port",
                    "OUTCRY_HTTP_HOST", "clients from elsewhere need a proxy on this machine",
                    "OUTCRY_HTTP_PORT", "use --http-port and --api-port",
                    "OUTCRY_PROBE_PORT", "a replica is probed where it serves",
                    "OUTCRY_REPLICAS", "use --replicas",
                    "OUTCRY_WARM_UP_MS", "use --warm-up",
                    "OUTCRY_TOKEN_KEY", "the key is in secrets/ of the data directory",
                    "OUTCRY_TOKEN_KEY_FILE", "the key is in secrets/ of the data directory");

    public OperatorSettings {
        engine = Map.copyOf(engine);
        replicas = Map.copyOf(replicas);
    }

    /** Those among the variables of an environment. */
    public static OperatorSettings in(Map<String, String> environment) {
        Map<String, String> engine = new TreeMap<>();
        Map<String, String> replicas = new TreeMap<>();
        environment.forEach(
                (name, value) -> {
                    if (concerns(name)) {
                        (ofEngine(name) ? engine : replicas).put(name, value);
                    }
                });
        return new OperatorSettings(engine, replicas);
    }

    private static boolean concerns(String name) {
        return name.startsWith(PREFIX) || OF_REPLICAS.contains(name);
    }

    private static boolean ofEngine(String name) {
        return name.startsWith(ENGINE_PREFIX) && !OF_REPLICAS.contains(name);
    }

    /** What cannot be set that way, a line each. */
    public List<String> problems() {
        Map<String, String> all = new TreeMap<>(engine);
        all.putAll(replicas);
        return all.keySet().stream()
                .filter(OWN::containsKey)
                .map(name -> name + " is set by the venue itself: " + OWN.get(name))
                .toList();
    }

    /**
     * Those of one replica. The administrators' port is the first replica's; the others, on the
     * same machine, count on from there.
     */
    Map<String, String> ofReplica(int index) {
        Map<String, String> settings = new TreeMap<>(replicas);
        settings.computeIfPresent(
                ADMIN_PORT,
                (name, port) ->
                        port.matches("[0-9]{1,5}")
                                ? Integer.toString(Integer.parseInt(port) + index)
                                : port);
        return settings;
    }
}
