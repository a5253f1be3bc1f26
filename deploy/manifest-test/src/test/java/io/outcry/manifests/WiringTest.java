package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.config.Settings;
import io.outcry.api.config.SettingsParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, labels and ports agree with each other, with Compose, and with what the programs read. */
class WiringTest {
    private static final List<String> OVERLAYS = List.of("overlays/local", "overlays/production");

    @TempDir private Path directory;

    @Test
    void everySelectorFindsThePodsThatItIsFor() {
        for (String overlay : OVERLAYS) {
            for (String kind : List.of("Deployment", "StatefulSet")) {
                for (Node workload : Manifests.ofKind(overlay, kind)) {
                    Map<?, ?> labels = workload.pod().at("metadata", "labels").map();
                    assertThat(workload.at("spec", "selector", "matchLabels").map().entrySet())
                            .isNotEmpty()
                            .allMatch(labels.entrySet()::contains);
                }
            }
            for (Node service : Manifests.ofKind(overlay, "Service")) {
                assertThat(podsOf(overlay, service)).as(service.name()).hasSize(1);
            }
            for (Node budget : Manifests.ofKind(overlay, "PodDisruptionBudget")) {
                Map<?, ?> selector = budget.at("spec", "selector", "matchLabels").map();
                assertThat(workloads(overlay, selector)).as(budget.name()).hasSize(1);
            }
        }
    }

    @Test
    void everyServiceSendsToAPortThatItsPodsOpenUnderThatName() {
        for (String overlay : OVERLAYS) {
            for (Node service : Manifests.ofKind(overlay, "Service")) {
                List<Node> open =
                        podsOf(overlay, service).get(0).containers().stream()
                                .flatMap(container -> container.at("ports").items().stream())
                                .toList();
                for (Node port : service.at("spec", "ports").items()) {
                    assertThat(open)
                            .as(service.name())
                            .anySatisfy(
                                    opened -> {
                                        assertThat(opened.text("name"))
                                                .isEqualTo(port.text("targetPort"));
                                        assertThat(opened.text("containerPort"))
                                                .isEqualTo(port.text("port"));
                                    });
                }
            }
        }
    }

    @Test
    void theServicesHaveTheDesignsNamesAndPorts() {
        Map<String, String> ports = new HashMap<>();
        for (Node service : Manifests.ofKind("overlays/local", "Service")) {
            ports.put(
                    service.text("metadata", "name"),
                    service.at("spec", "ports").items().get(0).text("port"));
        }
        assertThat(ports)
                .containsEntry("nginx-ingress", "8080")
                .containsEntry("api", "8000")
                .containsEntry("engine", "50051")
                .containsEntry("postgres", "5432")
                .containsEntry("redis", "6379");
    }

    @Test
    void composeCallsItsServicesTheSame() throws Exception {
        Node services = Manifests.file("compose.yaml").at("services");
        assertThat(services.map().keySet().stream().map(Object::toString))
                .contains("nginx-ingress", "api", "engine", "postgres", "redis");
        assertThat(services.text("api", "environment", "ENGINE_TARGET"))
                .isEqualTo(settings("overlays/local", "api-settings").get("ENGINE_TARGET"));
        assertThat(services.text("api", "environment", "DATABASE_URL"))
                .isEqualTo(settings("overlays/local", "api-settings").get("DATABASE_URL"));
        for (String image : List.of("postgres", "redis")) {
            Node workload =
                    Manifests.ofKind("overlays/local", "StatefulSet").stream()
                            .filter(node -> node.name().endsWith("/" + image))
                            .findFirst()
                            .orElseThrow();
            assertThat(services.text(image, "image"))
                    .isEqualTo(workload.containers().get(0).text("image"));
        }
    }

    /** What the venue of Compose does not decide itself is its operator's to set. */
    @Test
    void composePassesEverySettingOn() throws Exception {
        Node services = Manifests.file("compose.yaml").at("services");
        assertThat(names(services.at("api", "environment")))
                .containsAll(
                        settingsIn(
                                "http-api/src/main/java/io/outcry/api/config/Variable.java",
                                "^    (OUTCRY_[A-Z_]+)\\(",
                                "OUTCRY_(HTTP_HOST|HTTP_PORT|PROBE_PORT|REPLICA_ID|TOKEN_KEY|SEALING_KEY|INSTRUMENTS_FILE)"));
        assertThat(names(services.at("engine", "environment")))
                .containsAll(
                        settingsIn(
                                "engine-cpp/src/server/settings.cc",
                                "^ +\\{\"(OUTCRY_ENGINE_[A-Z_]+)\"",
                                "OUTCRY_ENGINE_(DATA|LISTEN|METRICS|TLS_.*)"));
    }

    private static List<String> names(Node environment) {
        return environment.map().keySet().stream().map(Object::toString).toList();
    }

    /** The variables that a program's source declares, but those that Compose decides. */
    private static List<String> settingsIn(String source, String declaration, String decided)
            throws IOException {
        String text = Files.readString(Manifests.DEPLOY.resolveSibling(source));
        List<String> declared =
                Pattern.compile(declaration, Pattern.MULTILINE)
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .filter(name -> !name.matches(decided))
                        .toList();
        assertThat(declared).as(source).hasSizeGreaterThan(10);
        return declared;
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void theApiAcceptsItsSettings(String overlay) throws Exception {
        Map<String, String> settings = new HashMap<>(settings(overlay, "api-settings"));
        secretsIn(settings);
        Settings parsed = SettingsParser.parse(settings);
        assertThat(parsed.engine().target()).isEqualTo("engine:50051");
        assertThat(parsed.http().port()).isEqualTo(8000);
    }

    /** The cluster's secrets, by the paths at which the settings expect them. */
    private void secretsIn(Map<String, String> settings) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        Map<String, String> texts =
                Map.of(
                        "/run/secrets/database/password",
                        "secret",
                        "/run/secrets/redis/redis-url",
                        "redis://:secret@redis:6379",
                        "/run/secrets/api/token-key.pem",
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder().encodeToString(key)
                                + "\n-----END PRIVATE KEY-----\n");
        settings.replaceAll((name, value) -> texts.containsKey(value) ? copy(texts, value) : value);
    }

    private String copy(Map<String, String> texts, String path) {
        try {
            Path file = directory.resolve(Path.of(path).getFileName().toString());
            return Files.writeString(file, texts.get(path)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEngineKnowsItsSettings() throws Exception {
        String source =
                Files.readString(
                        Manifests.DEPLOY.resolveSibling("engine-cpp/src/server/settings.cc"));
        for (String overlay : OVERLAYS) {
            assertThat(settings(overlay, "engine-settings").keySet())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(source).contains('"' + name + '"'));
        }
    }

    @Test
    void everythingAPodMountsOrReadsIsThereOrIsASecret() {
        for (String overlay : OVERLAYS) {
            List<String> maps =
                    Manifests.ofKind(overlay, "ConfigMap").stream()
                            .map(map -> map.text("metadata", "name"))
                            .toList();
            for (Node workload : Manifests.of(overlay)) {
                for (Node volume : workload.pod().at("spec", "volumes").items()) {
                    if (volume.at("configMap").exists()) {
                        assertThat(volume.text("configMap", "name")).isIn(maps);
                    }
                    if (volume.at("secret").exists()) {
                        assertThat(volume.text("secret", "secretName"))
                                .isIn(
                                        "outcry-database",
                                        "outcry-api",
                                        "outcry-redis",
                                        "postgres-ca",
                                        "engine-tls",
                                        "api-tls");
                    }
                }
            }
        }
    }

    /**
     * Container runtimes mount a volume that an image declares, unless the pod mounts the same
     * path.
     */
    @Test
    void noImageHidesAPodsVolumeBehindOneOfItsOwn() throws Exception {
        for (String image : List.of("engine", "api", "load")) {
            String file =
                    Files.readString(Manifests.DEPLOY.resolve("docker/" + image + ".Dockerfile"));
            List<String> declared =
                    file.lines()
                            .filter(line -> line.startsWith("VOLUME "))
                            .map(line -> line.substring("VOLUME ".length()))
                            .toList();
            assertThat(mountPaths("outcry/" + image))
                    .isNotEmpty()
                    .allSatisfy(
                            path ->
                                    assertThat(declared)
                                            .noneMatch(volume -> volume.startsWith(path + "/")));
        }
    }

    private static List<String> mountPaths(String image) {
        return Manifests.ALL.stream()
                .flatMap(kustomization -> Manifests.of(kustomization).stream())
                .filter(node -> node.pod().exists())
                .flatMap(node -> node.containers().stream())
                .filter(container -> container.text("image").contains(image))
                .flatMap(container -> container.at("volumeMounts").items().stream())
                .map(mount -> mount.text("mountPath"))
                .toList();
    }

    private static Map<String, String> settings(String overlay, String name) {
        Map<String, String> settings = new HashMap<>();
        for (Node map : Manifests.ofKind(overlay, "ConfigMap")) {
            if (map.text("metadata", "name").startsWith(name + "-")) {
                map.at("data").map().forEach((key, value) -> settings.put("" + key, "" + value));
            }
        }
        return settings;
    }

    private static List<Node> podsOf(String overlay, Node service) {
        return workloads(overlay, service.at("spec", "selector").map());
    }

    private static List<Node> workloads(String overlay, Map<?, ?> selector) {
        return Manifests.of(overlay).stream()
                .filter(node -> node.pod().exists() && !selector.isEmpty())
                .filter(
                        node ->
                                node.pod()
                                        .at("metadata", "labels")
                                        .map()
                                        .entrySet()
                                        .containsAll(selector.entrySet()))
                .toList();
    }
}
