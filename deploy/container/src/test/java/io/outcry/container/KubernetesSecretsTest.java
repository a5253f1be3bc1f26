package io.outcry.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesSecretsTest {
    private static final String TOKEN = "the-token";

    @TempDir private Path directory;
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private int status = 201;

    /** What the Kubernetes API is asked, and the answer that it gives. */
    @BeforeEach
    void startApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/namespaces/venue/secrets",
                exchange -> {
                    String token = exchange.getRequestHeaders().getFirst("Authorization");
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    requests.add(token + " " + new String(body, StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopApi() {
        server.stop(0);
    }

    private VenueSecrets create() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        VenueSecrets secrets = VenueSecrets.generate("redis");
        new KubernetesSecrets(HttpClient.newHttpClient(), api, token).ensure("venue", secrets);
        return secrets;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSecretIsCreatedForEachReader() throws Exception {
        VenueSecrets secrets = create();
        assertThat(requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request).startsWith("Bearer " + TOKEN + " {"))
                .anySatisfy(
                        request ->
                                assertThat(request)
                                        .contains("\"name\":\"outcry-database\"")
                                        .contains(
                                                "\"password\":\""
                                                        + base64(secrets.databasePassword())))
                .anySatisfy(
                        request ->
                                assertThat(request)
                                        .contains("\"name\":\"outcry-api\"")
                                        .contains(
                                                "\"token-key.pem\":\""
                                                        + base64(secrets.tokenKey())));
    }

    @Test
    void redisAndItsClientsHaveThePasswordFromOneSecret() throws Exception {
        VenueSecrets secrets = create();
        String url = "redis://:" + secrets.redisPassword() + "@redis:6379";
        assertThat(requests)
                .filteredOn(request -> request.contains("redis-url"))
                .singleElement()
                .asString()
                .contains("\"name\":\"outcry-redis\"")
                .contains("\"redis-url\":\"" + base64(url) + '"')
                .contains("\"redis.conf\":\"");
    }

    @Test
    void whatIsThereIsLeftAsItIs() throws Exception {
        status = 409;
        create();
        assertThat(requests).hasSize(3);
    }

    @Test
    void aRefusalFailsAndNamesTheSecretButNotItsContent() {
        status = 403;
        assertThatThrownBy(this::create)
                .hasMessage("creating the Secret outcry-database: status 403");
    }
}
