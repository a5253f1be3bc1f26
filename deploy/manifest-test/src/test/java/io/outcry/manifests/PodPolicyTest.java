package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every pod has to keep to, whatever it is for. */
class PodPolicyTest {
    private static final String DIGEST = ".+@sha256:[0-9a-f]{64}";

    /** Of no image: it stands where deploy/k8s/pin-images has not been run. */
    private static final String NO_DIGEST = "@sha256:" + "0".repeat(64);

    private static final String A_FILE = "(/run/secrets/[a-z./-]+)?";
    private static final String NO_REGISTRY = "registry.example.org/";
    private static final String TAG = "[a-z./-]+:[a-z0-9._-]+";

    @TestFactory
    Stream<DynamicTest> everyPodKeepsToThePolicy() {
        return Manifests.ALL.stream()
                .flatMap(
                        kustomization ->
                                Manifests.of(kustomization).stream()
                                        .filter(node -> node.pod().exists())
                                        .map(node -> testOf(kustomization, node)));
    }

    private static DynamicTest testOf(String kustomization, Node workload) {
        return DynamicTest.dynamicTest(
                kustomization + " " + workload.name(),
                () -> {
                    podIsRestricted(workload);
                    for (Node container : workload.containers()) {
                        containerIsRestricted(container);
                        hasLimits(container);
                        imageIsPinned(kustomization, container.text("image"));
                        noSecretIsIn(settingsOf(container));
                    }
                    if (!workload.text("kind").equals("Job")) {
                        hasProbes(workload);
                    }
                });
    }

    private static void podIsRestricted(Node workload) {
        Node spec = workload.pod().at("spec");
        assertThat(spec.text("securityContext", "runAsNonRoot")).isEqualTo("true");
        assertThat(Integer.parseInt(spec.text("securityContext", "runAsUser"))).isPositive();
        assertThat(spec.text("securityContext", "seccompProfile", "type"))
                .isEqualTo("RuntimeDefault");
        assertThat(spec.text("hostNetwork") + spec.text("hostPID") + spec.text("hostIPC"))
                .isEmpty();
        assertThat(spec.text("enableServiceLinks")).isEqualTo("false");
        for (Node volume : spec.at("volumes").items()) {
            assertThat(volume.map().keySet().stream().map(Object::toString))
                    .isSubsetOf("name", "emptyDir", "secret", "configMap");
        }
        boolean asksTheApi = workload.name().equals("Job/secrets");
        assertThat(spec.text("automountServiceAccountToken")).isEqualTo(asksTheApi + "");
    }

    private static void containerIsRestricted(Node container) {
        Node security = container.at("securityContext");
        assertThat(security.map().keySet().stream().map(Object::toString))
                .as("what the pod says holds, such as its user")
                .containsExactlyInAnyOrder(
                        "allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities");
        assertThat(security.text("allowPrivilegeEscalation")).isEqualTo("false");
        assertThat(security.text("readOnlyRootFilesystem")).isEqualTo("true");
        assertThat(security.text("capabilities", "drop")).isEqualTo("[ALL]");
        assertThat(security.at("capabilities", "add").exists()).isFalse();
    }

    private static void hasLimits(Node container) {
        assertThat(container.text("resources", "limits", "memory")).isNotEmpty();
        assertThat(container.text("resources", "requests", "memory")).isNotEmpty();
        assertThat(container.text("resources", "requests", "cpu")).isNotEmpty();
    }

    private static void imageIsPinned(String kustomization, String image) {
        assertThat(image).matches(kustomization.contains("production") ? DIGEST : TAG);
        assertThat(image).doesNotEndWith(":latest");
        assertThat(image.endsWith(NO_DIGEST))
                .as(image + ": no digest means no registry, and the other way round")
                .isEqualTo(image.startsWith(NO_REGISTRY));
    }

    private static Map<String, String> settingsOf(Node container) {
        return container.at("env").items().stream()
                .collect(
                        Collectors.toMap(
                                variable -> variable.text("name"),
                                variable -> variable.text("value")));
    }

    /** A secret is read from a file, or comes from a Secret and has no value here. */
    private static void noSecretIsIn(Map<?, ?> settings) {
        settings.forEach(
                (name, value) -> {
                    if (name.toString().matches("(?i).*(password|secret|token|key|credentials?)")) {
                        assertThat(value.toString()).as(name.toString()).matches(A_FILE);
                    }
                    assertThat(value.toString())
                            .as(name.toString())
                            .doesNotContain("PRIVATE KEY")
                            .doesNotContainPattern("(?i)password *[=:] *[^ /\\n]")
                            .doesNotContainPattern("://[^/@ \\n]*:[^/@ \\n]+@");
                });
    }

    @Test
    void theOperatorsDatabaseIsPinned() {
        for (String overlay : List.of("overlays/production", "overlays/production-first-start")) {
            assertThat(Manifests.ofKind(overlay, "Cluster"))
                    .singleElement()
                    .satisfies(
                            cluster -> imageIsPinned(overlay, cluster.text("spec", "imageName")));
        }
    }

    private static void hasProbes(Node workload) {
        for (Node container : workload.pod().at("spec", "containers").items()) {
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(container.at(probe).exists()).as(probe).isTrue();
            }
        }
    }

    @Test
    void theNamespaceEnforcesTheRestrictedStandard() {
        for (String overlay : List.of("overlays/local", "overlays/production")) {
            assertThat(Manifests.ofKind(overlay, "Namespace"))
                    .singleElement()
                    .satisfies(
                            namespace -> {
                                assertThat(namespace.text("metadata", "name")).isEqualTo("outcry");
                                assertThat(
                                                namespace.text(
                                                        "metadata",
                                                        "labels",
                                                        "pod-security.kubernetes.io/enforce"))
                                        .isEqualTo("restricted");
                            });
        }
    }

    @Test
    void noSecretIsInTheManifests() {
        for (String kustomization : Manifests.ALL) {
            assertThat(Manifests.ofKind(kustomization, "Secret")).isEmpty();
            for (Node map : Manifests.ofKind(kustomization, "ConfigMap")) {
                noSecretIsIn(map.at("data").map());
            }
        }
    }

    @Test
    void aReplicaIsNeverMissingDuringAnUpdate() {
        for (String overlay : List.of("overlays/local", "overlays/production")) {
            assertThat(Manifests.ofKind(overlay, "Deployment"))
                    .hasSize(2)
                    .allSatisfy(
                            deployment ->
                                    assertThat(
                                                    deployment.text(
                                                            "spec",
                                                            "strategy",
                                                            "rollingUpdate",
                                                            "maxUnavailable"))
                                            .isEqualTo("0"));
            assertThat(Manifests.ofKind(overlay, "PodDisruptionBudget")).hasSize(2);
            assertThat(Manifests.ofKind(overlay, "HorizontalPodAutoscaler")).hasSize(1);
        }
    }
}
