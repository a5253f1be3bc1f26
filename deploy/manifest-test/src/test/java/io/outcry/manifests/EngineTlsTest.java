package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In production, replicas and engine prove to each other who they are. */
class EngineTlsTest {
    private static final String PRODUCTION = "overlays/production";
    private static final Pattern SECRET_FILE = Pattern.compile("/run/secrets/[a-z-]+/[a-z.-]+");

    @ParameterizedTest
    @ValueSource(
            strings = {"overlays/local", "overlays/production", "overlays/production-first-start"})
    void everyFileThatSettingsNameIsMountedWhereTheyAreRead(String overlay) {
        for (Node workload : workloads(overlay)) {
            for (Node container : workload.containers()) {
                for (String file : filesOf(overlay, container)) {
                    assertThat(container.at("volumeMounts").items())
                            .as("%s %s %s", workload.name(), container.text("name"), file)
                            .anyMatch(mount -> file.startsWith(mount.text("mountPath") + "/"));
                }
            }
        }
    }

    @Test
    void bothSidesGetTheirFiles() {
        assertThat(filesOf(PRODUCTION, container("engine")))
                .contains(
                        "/run/secrets/engine-tls/tls.crt",
                        "/run/secrets/engine-tls/tls.key",
                        "/run/secrets/engine-tls/ca.crt");
        assertThat(filesOf(PRODUCTION, container("api")))
                .contains(
                        "/run/secrets/api-tls/tls.crt",
                        "/run/secrets/api-tls/tls.key",
                        "/run/secrets/api-tls/ca.crt");
    }

    @Test
    void eachMountedCertificateIsMadeByTheVenuesAuthority() {
        for (String secret : List.of("engine-tls", "api-tls")) {
            Node certificate = certificateIn(secret);
            assertThat(certificate.text("spec", "issuerRef", "name")).isEqualTo("venue-authority");
            assertThat(certificate.text("spec", "privateKey", "encoding")).isEqualTo("PKCS8");
            assertThat(workloads(PRODUCTION))
                    .anySatisfy(
                            workload ->
                                    assertThat(workload.pod().at("spec", "volumes").items())
                                            .anyMatch(
                                                    volume ->
                                                            volume.text("secret", "secretName")
                                                                    .equals(secret)));
        }
    }

    @Test
    void theNamesAreThoseThatTheOtherSideAsksFor() {
        Node engine = certificateIn("engine-tls");
        String target = setting("ENGINE_TARGET");
        assertThat(engine.at("spec", "dnsNames").items())
                .contains(new Node(target.substring(0, target.indexOf(':'))))
                .as("of the engine's question to itself")
                .contains(new Node("localhost"));
        assertThat(engine.at("spec", "usages").items())
                .contains(new Node("server auth"), new Node("client auth"));

        Node api = certificateIn("api-tls");
        assertThat(setting("OUTCRY_ENGINE_TLS_CLIENT_NAMES").split(","))
                .containsExactly(api.text("spec", "commonName"));
        assertThat(api.at("spec", "usages").items())
                .contains(new Node("client auth"))
                .doesNotContain(new Node("server auth"));
    }

    @Test
    void theEnginesProbesSpeakTls() {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            Node asked = container("engine").at(probe);
            assertThat(asked.at("grpc").exists()).isFalse();
            assertThat(asked.text("exec", "command")).contains("outcry-engine, health");
        }
    }

    private static List<Node> workloads(String overlay) {
        return Manifests.of(overlay).stream().filter(node -> node.pod().exists()).toList();
    }

    private static Node container(String name) {
        return workloads(PRODUCTION).stream()
                .flatMap(workload -> workload.pod().at("spec", "containers").items().stream())
                .filter(container -> container.text("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node certificateIn(String secret) {
        return Manifests.ofKind(PRODUCTION, "Certificate").stream()
                .filter(certificate -> certificate.text("spec", "secretName").equals(secret))
                .findFirst()
                .orElseThrow();
    }

    private static String setting(String name) {
        return Manifests.ofKind(PRODUCTION, "ConfigMap").stream()
                .map(map -> map.text("data", name))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** The secret files that a container's settings name. */
    private static List<String> filesOf(String overlay, Node container) {
        List<String> maps =
                container.at("envFrom").items().stream()
                        .map(source -> source.text("configMapRef", "name"))
                        .toList();
        return Manifests.ofKind(overlay, "ConfigMap").stream()
                .filter(map -> maps.contains(map.text("metadata", "name")))
                .flatMap(map -> map.at("data").map().values().stream())
                .flatMap(EngineTlsTest::filesIn)
                .toList();
    }

    private static Stream<String> filesIn(Object setting) {
        Matcher matcher = SECRET_FILE.matcher(setting.toString());
        return matcher.results().map(found -> found.group());
    }
}
