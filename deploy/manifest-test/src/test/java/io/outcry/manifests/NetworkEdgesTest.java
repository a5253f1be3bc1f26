package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may talk to whom: each edge is open at both ends, and there is none besides. */
class NetworkEdgesTest {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String DATABASE = "cnpg.io/cluster";

    @Test
    void theLocalVenueHasTheEdgesOfTheDesign() {
        assertThat(edges("overlays/local", "egress"))
                .containsExactlyInAnyOrder(
                        "any -> kube-dns:53",
                        "any -> 169.254.20.10/32:53",
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
    void theProductionVenueReachesItsDatabaseAndRedisOnly() {
        assertThat(edges("overlays/production", "egress"))
                .filteredOn(edge -> edge.startsWith("api "))
                .containsExactlyInAnyOrder(
                        "api -> engine:50051", "api -> postgres:5432", "api -> 0.0.0.0/0:6379");
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
        Set<String> edges = new TreeSet<>();
        for (Node policy : Manifests.ofKind(overlay, "NetworkPolicy")) {
            String self = pods(policy.at("spec", "podSelector"));
            for (Node rule : policy.at("spec", direction).items()) {
                List<Node> peers = rule.at(direction.equals("egress") ? "to" : "from").items();
                for (Node peer : peers.isEmpty() ? List.of(new Node(null)) : peers) {
                    for (Node port : rule.at("ports").items()) {
                        edges.add(edge(direction, self, peer(peer), port.text("port")));
                    }
                }
            }
        }
        return edges;
    }

    private static String edge(String direction, String self, String peer, String port) {
        return direction.equals("egress")
                ? self + " -> " + peer + ":" + port
                : peer + " -> " + self + ":" + port;
    }

    private static String peer(Node peer) {
        if (peer.at("ipBlock").exists()) {
            return peer.text("ipBlock", "cidr");
        }
        return peer.exists() ? pods(peer.at("podSelector")) : "anywhere";
    }

    private static String pods(Node selector) {
        for (String label : List.of(NAME, DATABASE, "k8s-app")) {
            if (selector.at("matchLabels", label).exists()) {
                return selector.text("matchLabels", label);
            }
        }
        return selector.map().isEmpty() ? "any" : selector.map().toString();
    }
}
