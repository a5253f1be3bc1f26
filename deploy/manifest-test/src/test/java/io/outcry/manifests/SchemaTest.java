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
                assertThat(object.text("apiVersion"))
                        .isIn(
                                "cert-manager.io/v1",
                                "postgresql.cnpg.io/v1",
                                "monitoring.coreos.com/v1");
            }
        }
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
        return new Node(
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("name", "x"),
                        "spec",
                        spec));
    }
}
