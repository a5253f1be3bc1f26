package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations guide has somebody do to a venue in a cluster. */
class OperationsTest {
    @TempDir private Path directory;

    /** The guide's words: the key's file is in the Secret, and the component names it. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void theComponentNamesAKeyBesideTheTokenKey(String overlay) throws Exception {
        Path k8s = Manifests.DEPLOY.resolve("k8s").toRealPath();
        Path here = directory.toRealPath();
        Files.writeString(
                here.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: outcry
                resources: [%s]
                components: [%s]
                """
                        .formatted(
                                here.relativize(k8s.resolve("overlays/" + overlay)),
                                here.relativize(k8s.resolve("components/sealing-key"))));
        assertThat(Manifests.in(here))
                .filteredOn(object -> object.at("data", "OUTCRY_TOKEN_KEY_FILE").exists())
                .singleElement()
                .satisfies(
                        map -> {
                            Path tokenKey = Path.of(map.text("data", "OUTCRY_TOKEN_KEY_FILE"));
                            assertThat(map.text("data", "OUTCRY_SEALING_KEY_FILE"))
                                    .isEqualTo(tokenKey.resolveSibling("sealing-key.pem") + "");
                        });
        assertThat(Files.readString(Manifests.DEPLOY.resolve("README.md")))
                .contains("\\\"sealing-key.pem\\\":", "../../components/sealing-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void theProjectionsJobIsAReplicasPodThatServesNobody(String overlay) throws Exception {
        Node replicas = replicas(overlay);
        Node job = jobOf(replicas);
        assertThat(KubernetesSchema.newest().problem(job)).isEmpty();
        assertThat(KubernetesSchema.before().problem(job)).isEmpty();
        assertThat(job.pod().at("metadata", "labels"))
                .as("the network is open for these")
                .isEqualTo(replicas.pod().at("metadata", "labels"));
        assertThat(job.containers()).as("nothing runs before it").hasSize(1);
        Node container = job.container("api");
        assertThat(container.text("command"))
                .isEqualTo("[java, -Xmx128m, -jar, outcry-api.jar, check]");
        assertThat(container.at("readinessProbe").exists()).as("never ready").isTrue();
        assertThat(container.at("livenessProbe").exists()).as("nor killed for it").isFalse();
        assertThat(container.at("startupProbe").exists()).isFalse();
        for (String same : List.of("image", "envFrom", "volumeMounts", "securityContext")) {
            assertThat(container.at(same)).isEqualTo(replicas.container("api").at(same));
        }
    }

    /** No probe ends what runs before a replica, so none cuts a long migration. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void aReplicasPodMigratesTheDatabaseBeforeItIsProbed(String overlay) throws Exception {
        Node replicas = replicas(overlay);
        assertThat(replicas.pod().at("spec", "initContainers").items())
                .singleElement()
                .satisfies(first -> assertThat(first.text("args")).isEqualTo("[migrate]"));
        Node migrate = replicas.container("migrate");
        for (String same : List.of("image", "envFrom", "volumeMounts", "securityContext")) {
            assertThat(migrate.at(same)).isEqualTo(replicas.container("api").at(same));
        }
        Node startup = replicas.container("api").at("startupProbe");
        assertThat(number(replicas, "spec", "progressDeadlineSeconds"))
                .as("until the rollout counts as failed")
                .isGreaterThan(
                        2 * number(startup, "periodSeconds") * number(startup, "failureThreshold"));
        Path api = Manifests.DEPLOY.resolveSibling("http-api/src/main/java/io/outcry/api");
        assertThat(Files.readString(api.resolve("MigrateCommand.java")))
                .contains("NAME = \"migrate\"");
        assertThat(Files.readString(Manifests.DEPLOY.resolve("README.md")))
                .contains("logs deployment/api -c migrate", "--no-deps api migrate");
    }

    private static int number(Node node, String... path) {
        return Integer.parseInt(node.text(path));
    }

    private static Node replicas(String overlay) {
        return Manifests.ofKind(overlay, "Deployment").stream()
                .filter(object -> object.name().equals("Deployment/api"))
                .findFirst()
                .orElseThrow();
    }

    private static Node jobOf(Node deployment) {
        String program = Manifests.DEPLOY.resolve("k8s/projection.jq").toString();
        String json = new Gson().toJson(deployment.value());
        return Manifests.parse(
                        Manifests.output(json, "jq", "-f", program, "--arg", "command", "check"))
                .get(0);
    }

    @Test
    void whatIsPinnedIsAllThatProductionRuns() throws Exception {
        String command = Files.readString(Manifests.DEPLOY.resolve("k8s/pin-images"));
        for (String overlay : Manifests.ALL) {
            if (overlay.contains("production")) {
                assertThat(Manifests.of(overlay))
                        .flatExtracting(Node::containers)
                        .extracting(container -> repository(container.text("image")))
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(command).contains("\npin " + name + " "));
            }
        }
    }

    /** Of an image with registry and digest. */
    private static String repository(String image) {
        return image.replaceAll("^[^/]+/|@.*$", "");
    }
}
