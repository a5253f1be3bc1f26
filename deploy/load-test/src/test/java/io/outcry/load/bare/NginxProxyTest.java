package io.outcry.load.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NginxProxyTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    @Test
    void leavesNoMarkOfTheTemplateOpen() throws Exception {
        String configuration = NginxProxy.configuration(18080, 18090);

        assertThat(configuration)
                .doesNotContainPattern("\\$\\{(?!NAME\\})")
                .contains("listen 127.0.0.1:18080")
                .contains("server 127.0.0.1:18090;");
    }

    @Test
    void passesOrdersOnToTheServerBehindIt() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
        int port = FreePort.find();
        try (BareServer server = new BareServer("127.0.0.1", 0);
                NginxProxy proxy = NginxProxy.start(NGINX.toString(), port, server.port())) {
            proxy.awaitListening();

            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + port
                                                                    + "/api/orders"))
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofString(
                                                            "{\"symbol\":\"AAPL\",\"quantity\":\"100\"}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).contains("\"symbol\":\"AAPL\"").contains("\"status\":");
        }
    }

    @Test
    void saysThatItHasEnded() throws Exception {
        try (NginxProxy proxy = NginxProxy.start("/bin/false", FreePort.find(), 1)) {
            assertThatThrownBy(proxy::awaitListening)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("nginx ended");
        }
    }

    @Test
    void saysThatTheBinaryIsMissing() throws Exception {
        long before = leftOvers();

        assertThatThrownBy(() -> NginxProxy.start("no-such-nginx", 1, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-nginx");

        assertThat(leftOvers()).isEqualTo(before);
    }

    private static long leftOvers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(NginxProxy.FOLDER))
                    .count();
        }
    }
}
