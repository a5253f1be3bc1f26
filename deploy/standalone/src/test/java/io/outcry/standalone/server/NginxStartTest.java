package io.outcry.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What containers run before nginx, with a name server that the test answers for. */
@Timeout(60)
class NginxStartTest {
    private static final Path NGINX = Path.of("..", "nginx").toAbsolutePath().normalize();
    private static final String NOBODY = "exit 2";
    private static final String HERE = "echo 127.0.0.1 STREAM api";
    private static final String NO_ANSWER = "sleep 60";

    @TempDir private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    private Process process;
    private RawReplica replica;

    @BeforeEach
    void start() throws IOException {
        replica = new RawReplica(RawReplica.ok("{}"));
        nameServer(NOBODY);
        ProcessBuilder builder =
                new ProcessBuilder(NGINX.resolve("start").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("PATH", directory + ":/usr/sbin:" + System.getenv("PATH"));
        builder.environment().put("TEMPLATE", NGINX.resolve("nginx.conf.template").toString());
        builder.environment().put("PREFIX", directory.resolve("prefix").toString());
        builder.environment().put("LISTEN", "127.0.0.1:" + port);
        builder.environment().put("API_PORT", replica.address().getPort() + "");
        builder.environment().put("WORKER_PROCESSES", "1");
        builder.environment().put("API_ACTIVE", "1");
        builder.environment().put("QUIT_WITHIN", "2");
        process = builder.start();
        Awaitility.await().ignoreExceptions().until(() -> status("/health") == 200);
    }

    /** Takes the place of getent, which is what asks. */
    private void nameServer(String answer) throws IOException {
        Path aside = directory.resolve("getent.new");
        Files.writeString(aside, "#!/bin/sh\necho >>" + asked() + "\n" + answer + "\n");
        assertThat(aside.toFile().setExecutable(true)).isTrue();
        Files.move(aside, directory.resolve("getent"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path asked() {
        return directory.resolve("asked");
    }

    private void awaitQuestions(int count) throws IOException {
        Files.deleteIfExists(asked());
        Awaitility.await()
                .until(() -> Files.exists(asked()) && Files.readString(asked()).length() >= count);
    }

    private int status(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @AfterEach
    void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        replica.close();
    }

    @Test
    void aReplicaIsFoundWhenTheNameKnowsIt() throws Exception {
        assertThat(status("/api/orders")).isEqualTo(503);
        nameServer(HERE);
        Awaitility.await().until(() -> status("/api/orders") == 200);
        nameServer(NOBODY);
        awaitQuestions(3);
        assertThat(status("/api/orders")).as("while no name is known").isEqualTo(200);
    }

    @Test
    void moreReplicasThanAreToBeActiveStandBy() throws Exception {
        nameServer("echo 127.0.0.2 STREAM api; " + HERE);
        Awaitility.await().until(() -> status("/api/orders") == 200);
        int api = replica.address().getPort();
        assertThat(Files.readAllLines(directory.resolve("prefix/servers")))
                .containsExactly(
                        "    server 127.0.0.1:%d max_fails=5 fail_timeout=1s;".formatted(api),
                        "    server 127.0.0.2:%d backup max_fails=5 fail_timeout=1s;"
                                .formatted(api));
    }

    @Test
    void itStopsInTimeThoughTheNameServerDoesNotAnswer() throws Exception {
        nameServer(NO_ANSWER);
        awaitQuestions(1);
        process.destroy();
        assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
