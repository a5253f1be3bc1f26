package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every pod has to keep to, whatever it is for. */
class PodPolicyTest {
    private static final String DIGEST = ".+@sha256:[0-9a-f]{64}";
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
                        imageIsPinned(kustomization, container);
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
        assertThat(security.text("allowPrivilegeEscalation")).isEqualTo("false");
        assertThat(security.text("readOnlyRootFilesystem")).isEqualTo("true");
        assertThat(security.text("capabilities", "drop")).isEqualTo("[ALL]");
        assertThat(security.at("capabilities", "add").exists()).isFalse();
        assertThat(security.text("privileged")).isEmpty();
    }

    private static void hasLimits(Node container) {
        assertThat(container.text("resources", "limits", "memory")).isNotEmpty();
        assertThat(container.text("resources", "requests", "memory")).isNotEmpty();
        assertThat(container.text("resources", "requests", "cpu")).isNotEmpty();
    }

    private static void imageIsPinned(String kustomization, Node container) {
        String image = container.text("image");
        assertThat(image).matches(kustomization.contains("production") ? DIGEST : TAG);
        assertThat(image).doesNotEndWith(":latest");
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
                assertThat(map.text("data"))
                        .doesNotContain("PRIVATE KEY")
                        .doesNotContainPattern("(?i)password *[=:] *[^ /\\n]");
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
