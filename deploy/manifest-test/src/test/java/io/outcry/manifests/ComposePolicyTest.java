package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every container of Compose has to keep to, whatever it is for. */
class ComposePolicyTest {
    private static final String OURS = "outcry/[a-z]+:\\$\\{OUTCRY_VERSION:-dev}";
    private static final String PINNED = "[a-z/]+:v?[0-9]+(\\.[0-9]+)+(-[a-z]+)?";
    private static final String THIS_MACHINE =
            "(127\\.0\\.0\\.1|\\$\\{OUTCRY_HTTP_ADDRESS:-127\\.0\\.0\\.1}):.+";

    private static Map<?, ?> services() throws IOException {
        return Manifests.file("compose.yaml").at("services").map();
    }

    @TestFactory
    Stream<DynamicTest> everyContainerKeepsToThePolicy() throws IOException {
        return services().entrySet().stream()
                .map(
                        service ->
                                DynamicTest.dynamicTest(
                                        service.getKey().toString(),
                                        () -> isRestricted(new Node(service.getValue()))));
    }

    private static void isRestricted(Node service) throws IOException {
        assertThat(service.text("read_only")).isEqualTo("true");
        assertThat(service.text("cap_drop")).isEqualTo("[ALL]");
        assertThat(service.at("cap_add").exists()).isFalse();
        assertThat(service.at("privileged").exists()).isFalse();
        assertThat(service.text("security_opt")).isEqualTo("[no-new-privileges:true]");
        assertThat(service.text("mem_limit")).isNotEmpty();
        assertThat(service.text("pids_limit")).isNotEmpty();
        assertThat(service.text("logging", "options", "max-size")).isNotEmpty();
        for (Node port : service.at("ports").items()) {
            assertThat(port.value().toString()).matches(THIS_MACHINE);
        }
        for (Node volume : service.at("volumes").items()) {
            assertThat(volume.value().toString()).doesNotContain("docker.sock");
        }
        String image = service.text("image");
        if (image.matches(OURS)) {
            assertThat(dockerfile(image)).containsPattern("\nUSER [1-9][0-9]*:[1-9][0-9]*\n");
        } else {
            assertThat(image).matches(PINNED);
            assertThat(service.text("user")).matches("[1-9][0-9]*:[0-9]+");
        }
        noSecretIsIn(service.at("environment").map());
    }

    /** Secrets come as files. */
    private static void noSecretIsIn(Map<?, ?> environment) {
        environment.forEach(
                (name, value) -> {
                    if (name.toString().matches(".*(PASSWORD|SECRET|TOKEN_KEY|SEALING_KEY).*")) {
                        assertThat(name + "=" + value)
                                .matches("[A-Z_]+_FILE=(/run/secrets/[a-z/.-]+|null)");
                    }
                    assertThat(value + "").doesNotContainPattern("://[^/@ ]*:[^/@ ]+@");
                });
    }

    @Test
    void whatServesTheVenueIsAskedForItsHealth() throws IOException {
        for (Object name : List.of("postgres", "redis", "engine", "api", "nginx-ingress")) {
            Node service = new Node(services().get(name));
            boolean ofImage =
                    service.text("image").matches(OURS)
                            && dockerfile(service.text("image")).contains("\nHEALTHCHECK ");
            assertThat(ofImage || service.at("healthcheck", "test").exists())
                    .as(name.toString())
                    .isTrue();
            assertThat(service.text("restart")).as(name.toString()).isEqualTo("always");
        }
    }

    /** Everything waits for what it needs to be healthy, or done, and not merely begun. */
    @Test
    void whatTheVenueWaitsForIsHealthy() throws IOException {
        for (Map.Entry<?, ?> service : services().entrySet()) {
            Map<?, ?> needed = new Node(service.getValue()).at("depends_on").map();
            needed.forEach(
                    (name, how) ->
                            assertThat(new Node(how).text("condition"))
                                    .as(service.getKey() + " after " + name)
                                    .isIn("service_healthy", "service_completed_successfully"));
        }
    }

    private static String dockerfile(String image) throws IOException {
        String name = image.replaceAll("^outcry/|:.*$", "");
        Path file = Manifests.DEPLOY.resolve("docker/" + name + ".Dockerfile");
        return Files.readString(file);
    }
}
