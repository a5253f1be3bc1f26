package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may talk to whom: each edge is open at both ends, and there is none besides. */
class NetworkEdgesTest {
    @Test
    void theLocalVenueHasTheEdgesOfTheDesign() {
        assertThat(edges("overlays/local", "egress"))
                .containsExactlyInAnyOrder(
                        "any -> kube-system/kube-dns:53",
                        "any -> kube-system/kube-dns:53/UDP",
                        "any -> 169.254.20.10/32:53",
                        "any -> 169.254.20.10/32:53/UDP",
                        "any -> nginx-ingress:8080",
                        "nginx-ingress -> api:8000",
                        "api -> engine:50051",
                        "api -> postgres:5432",
                        "api -> redis:6379",
                        "secrets -> anywhere:443",
                        "secrets -> anywhere:6443");
        assertThat(edges("overlays/local", "ingress"))
                .containsExactlyInAnyOrder(
                        "anywhere -> nginx-ingress:8080",
                        "nginx-ingress -> api:8000",
                        "api -> engine:50051",
                        "api -> postgres:5432",
                        "api -> redis:6379");
    }

    @Test
    void theProductionVenueHasThemToItsOwnStoresAndFromItsMonitor() {
        assertThat(edges("overlays/production", "egress"))
                .containsExactlyInAnyOrder(
                        "any -> kube-system/kube-dns:53",
                        "any -> kube-system/kube-dns:53/UDP",
                        "any -> 169.254.20.10/32:53",
                        "any -> 169.254.20.10/32:53/UDP",
                        "any -> nginx-ingress:8080",
                        "nginx-ingress -> api:8000",
                        "api -> engine:50051",
                        "api -> postgres:5432",
                        "api -> 0.0.0.0/0:6379",
                        "postgres -> postgres:5432",
                        "postgres -> postgres:8000",
                        "postgres -> anywhere:443",
                        "postgres -> anywhere:6443");
        assertThat(edges("overlays/production", "ingress"))
                .containsExactlyInAnyOrder(
                        "anywhere -> nginx-ingress:8080",
                        "nginx-ingress -> api:8000",
                        "api -> engine:50051",
                        "api -> postgres:5432",
                        "postgres -> postgres:5432",
                        "postgres -> postgres:8000",
                        "cnpg-system/any -> postgres:5432",
                        "cnpg-system/any -> postgres:8000",
                        "monitoring/prometheus -> api:8000",
                        "monitoring/prometheus -> api:9464",
                        "monitoring/prometheus -> engine:8000",
                        "monitoring/prometheus -> engine:9464");
    }

    @Test
    void theFirstStartHasNoOthers() {
        for (String direction : List.of("egress", "ingress")) {
            assertThat(edges("overlays/production-first-start", direction))
                    .isEqualTo(edges("overlays/production", direction));
        }
    }

    @Test
    void aRuleThatNamesNoPortOpensAll() {
        assertThat(ingress(Map.of("from", List.of(pods("api"))))).containsExactly("api -> x:*");
        assertThat(ingress(Map.of())).containsExactly("anywhere -> x:*");
    }

    @Test
    void podsOfOtherNamespacesAreNotTakenForOwnOnes() {
        Map<String, Object> everywhere =
                Map.of("namespaceSelector", Map.of(), "podSelector", selecting("api"));
        assertThat(ingress(Map.of("from", List.of(everywhere))))
                .containsExactly("namespaces {}/api -> x:*");
    }

    @Test
    void nothingIsAllowedThatNoPolicyNames() {
        for (String overlay : List.of("overlays/local", "overlays/production")) {
            assertThat(Manifests.ofKind(overlay, "NetworkPolicy"))
                    .anySatisfy(
                            policy -> {
                                assertThat(policy.at("spec", "podSelector").map()).isEmpty();
                                assertThat(policy.text("spec", "policyTypes"))
                                        .isEqualTo("[Ingress, Egress]");
                                assertThat(policy.at("spec", "ingress").exists()).isFalse();
                                assertThat(policy.at("spec", "egress").exists()).isFalse();
                            });
        }
    }

    private static Set<String> edges(String overlay, String direction) {
        return NetworkEdges.of(Manifests.ofKind(overlay, "NetworkPolicy"), direction);
    }

    private static Set<String> ingress(Map<String, Object> rule) {
        Map<String, Object> spec = Map.of("podSelector", selecting("x"), "ingress", List.of(rule));
        return NetworkEdges.of(List.of(new Node(Map.of("spec", spec))), "ingress");
    }

    private static Map<String, Object> pods(String name) {
        return Map.of("podSelector", selecting(name));
    }

    private static Map<String, Object> selecting(String name) {
        return Map.of("matchLabels", Map.of("app.kubernetes.io/name", name));
    }
}
