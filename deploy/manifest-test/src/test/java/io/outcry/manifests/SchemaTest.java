package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaTest {
    static final List<String> KUSTOMIZATIONS = Manifests.ALL;

    @ParameterizedTest
    @FieldSource("KUSTOMIZATIONS")
    void everyObjectIsValidInTheNewestRelease(String kustomization) throws Exception {
        allAreValid(kustomization, KubernetesSchema.newest());
    }

    @ParameterizedTest
    @FieldSource("KUSTOMIZATIONS")
    void everyObjectIsValidInTheReleaseBefore(String kustomization) throws Exception {
        allAreValid(kustomization, KubernetesSchema.before());
    }

    private static void allAreValid(String kustomization, KubernetesSchema schema)
            throws ReflectiveOperationException {
        for (Node object : Manifests.of(kustomization)) {
            if (KubernetesSchema.knows(object)) {
                assertThat(schema.problem(object)).isEmpty();
            } else {
                assertThat(OperatorSchema.knows(object) || object.name().equals("Cluster/postgres"))
                        .as(object.name() + " is held against a schema")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("KUSTOMIZATIONS")
    void everyObjectOfAnOperatorIsValid(String kustomization) throws Exception {
        for (Node object : Manifests.of(kustomization)) {
            if (OperatorSchema.knows(object)) {
                assertThat(OperatorSchema.problem(object)).isEmpty();
            }
        }
    }

    @Test
    void aFieldOfAnOperatorThatIsMisspelledIsFound() throws Exception {
        Map<String, Object> endpoint = Map.of("port", "metrics", "intervall", "15s");
        assertThat(OperatorSchema.problem(monitor(Map.of("endpoints", List.of(endpoint)))))
                .get()
                .asString()
                .contains("intervall");
        assertThat(OperatorSchema.problem(monitor(Map.of("endpoints", "metrics")))).isPresent();
    }

    private static Node monitor(Map<String, Object> spec) {
        return object("monitoring.coreos.com/v1", "ServiceMonitor", spec);
    }

    private static Node object(String version, String kind, Map<String, Object> spec) {
        Map<String, Object> named = Map.of("name", "x");
        return new Node(
                Map.of("apiVersion", version, "kind", kind, "metadata", named, "spec", spec));
    }

    @Test
    void aFieldThatIsMisspelledIsFound() throws Exception {
        Node misspelled = service(Map.of("selectors", Map.of("name", "x")));
        for (var schema : List.of(KubernetesSchema.newest(), KubernetesSchema.before())) {
            assertThat(schema.problem(misspelled)).get().asString().contains("selectors");
        }
    }

    @Test
    void aValueOfTheWrongTypeIsFound() throws Exception {
        Node wrong = service(Map.of("ports", List.of(Map.of("port", "many"))));
        for (var schema : List.of(KubernetesSchema.newest(), KubernetesSchema.before())) {
            assertThat(schema.problem(wrong)).isPresent();
        }
    }

    private static Node service(Map<String, Object> spec) {
        return object("v1", "Service", spec);
    }
}
