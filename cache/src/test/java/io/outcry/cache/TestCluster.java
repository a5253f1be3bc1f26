package io.outcry.cache;

import static org.awaitility.Awaitility.await;

import io.outcry.testing.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A real Redis Cluster of three servers, each with a third of the slots, at plain ports or, with a
 * certificate, at ports with TLS. For one thread.
 */
final class TestCluster implements AutoCloseable {
    static final int SERVERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Servers talk to each other on a port that lies so far above the one for clients. */
    private static final int BUS = 10_000;

    private static final int HIGHEST_PORT = 21_999;

    private final List<TestRedis> servers = new ArrayList<>();

    /** The ports that the servers tell each other and their clients. */
    private final List<Integer> ports = new ArrayList<>();

    static TestCluster start(Path directory) {
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < SERVERS; i++) {
            int port = port();
            cluster.add(port, TestRedis.start(port, settings(directory, i)));
        }
        cluster.join();
        return cluster;
    }

    /** Speaks TLS with its clients and among its servers. */
    static TestCluster startWithTls(Path directory, TestCertificate certificate) {
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < SERVERS; i++) {
            int port = port();
            Map<String, String> settings = new HashMap<>(settings(directory, i));
            settings.putAll(certificate.serverSettings(port));
            settings.put("tls-cluster", "yes");
            cluster.add(port, TestRedis.start(settings));
        }
        cluster.join();
        return cluster;
    }

    private static Map<String, String> settings(Path directory, int server) {
        return Map.of(
                "dir",
                directory.toString(),
                "cluster-enabled",
                "yes",
                "cluster-require-full-coverage",
                "no",
                "cluster-config-file",
                "nodes-" + server + ".conf");
    }

    private void add(int port, TestRedis server) {
        ports.add(port);
        servers.add(server);
    }

    private static int port() {
        int port = FreePorts.one();
        while (port > HIGHEST_PORT || !FreePorts.isFree(port + BUS)) {
            port = FreePorts.one();
        }
        return port;
    }

    private void join() {
        for (int i = 0; i < SERVERS; i++) {
            int server = i;
            List<String> arguments = new ArrayList<>(List.of("ADDSLOTS"));
            IntStream.range(0, SLOTS)
                    .filter(slot -> serverOf(slot) == server)
                    .forEach(slot -> arguments.add(Integer.toString(slot)));
            servers.get(i).command(Command.CLUSTER, arguments.toArray(String[]::new));
            servers.get(i).command(Command.CLUSTER, "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int port : ports.subList(1, SERVERS)) {
            servers.get(0).command(Command.CLUSTER, "MEET", "127.0.0.1", Integer.toString(port));
        }
        servers.forEach(server -> await().atMost(PATIENCE).until(() -> knowsAll(server)));
    }

    private static boolean knowsAll(TestRedis server) {
        String info = server.command(Command.CLUSTER, "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_size:" + SERVERS);
    }

    /** Which of the servers has that key. */
    static int serverOf(String key) {
        return serverOf(JedisClusterCRC16.getSlot(key));
    }

    private static int serverOf(int slot) {
        return slot % SERVERS;
    }

    /** As the setting of a cluster that is known by that one of its servers. */
    URI uri(int server) {
        return URI.create("redis://127.0.0.1:" + ports.get(server) + "?cluster=true");
    }

    /** The same with TLS, as a user. */
    URI uri(int server, String user, String password) {
        return URI.create(
                "rediss://%s:%s@127.0.0.1:%d?cluster=true"
                        .formatted(user, password, ports.get(server)));
    }

    /** Lets in nobody but that user, at any of its servers. */
    void admitOnly(String user, String password) {
        servers.forEach(server -> server.admitOnly(user, password));
    }

    void kill(int server) {
        servers.get(server).kill();
    }

    void freeze(int server) {
        servers.get(server).freeze();
    }

    void thaw(int server) {
        servers.get(server).thaw();
    }

    @Override
    public void close() {
        servers.forEach(TestRedis::close);
    }
}
