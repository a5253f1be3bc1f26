package io.outcry.manifests;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What NetworkPolicies open, as text: {@code from -> to:port}. */
final class NetworkEdges {
    private static final String NAME = "app.kubernetes.io/name";
    private static final Set<String> NAMING = Set.of(NAME, "cnpg.io/cluster", "k8s-app");
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private NetworkEdges() {}

    /**
     * The edges of one direction. Pods of another namespace have its name before theirs, and {@code
     * *} is every port.
     *
     * @param direction egress or ingress
     */
    static Set<String> of(List<Node> policies, String direction) {
        boolean outward = direction.equals("egress");
        Set<String> edges = new TreeSet<>();
        for (Node policy : policies) {
            for (Node rule : policy.at("spec", direction).items()) {
                for (String self : pods(policy.at("spec", "podSelector"))) {
                    for (String peer : peers(rule.at(outward ? "to" : "from").items())) {
                        for (String port : ports(rule.at("ports").items())) {
                            edges.add(
                                    (outward ? self + " -> " + peer : peer + " -> " + self) + port);
                        }
                    }
                }
            }
        }
        return edges;
    }

    /** No list at all means everybody. */
    private static List<String> peers(List<Node> peers) {
        return peers.isEmpty()
                ? List.of("anywhere")
                : peers.stream().flatMap(peer -> peer(peer).stream()).toList();
    }

    private static List<String> peer(Node peer) {
        if (peer.at("ipBlock").exists()) {
            Node except = peer.at("ipBlock", "except");
            return List.of(
                    peer.text("ipBlock", "cidr")
                            + (except.exists() ? " but " + except.value() : ""));
        }
        if (!peer.at("namespaceSelector").exists()) {
            return pods(peer.at("podSelector"));
        }
        String namespace = namespace(peer.at("namespaceSelector"));
        return pods(peer.at("podSelector")).stream().map(pod -> namespace + "/" + pod).toList();
    }

    private static String namespace(Node selector) {
        Node labels = selector.at("matchLabels");
        boolean isNamed = selector.map().size() == 1 && labels.map().size() == 1;
        return isNamed && labels.at(NAMESPACE).exists()
                ? labels.text(NAMESPACE)
                : "namespaces " + selector.map();
    }

    private static List<String> pods(Node selector) {
        if (selector.map().isEmpty()) {
            return List.of("any");
        }
        Node labels = selector.at("matchLabels");
        if (selector.map().size() == 1 && labels.map().size() == 1) {
            Object label = labels.map().keySet().iterator().next();
            if (NAMING.contains(label)) {
                return List.of(labels.text(label.toString()));
            }
        }
        List<Node> expressions = selector.at("matchExpressions").items();
        if (selector.map().size() == 1
                && expressions.size() == 1
                && expressions.get(0).text("key").equals(NAME)
                && expressions.get(0).text("operator").equals("In")) {
            return expressions.get(0).at("values").items().stream().map(Node::text).toList();
        }
        return List.of(selector.map().toString());
    }

    /** No list at all means every port. */
    private static List<String> ports(List<Node> ports) {
        return ports.isEmpty() ? List.of(":*") : ports.stream().map(NetworkEdges::port).toList();
    }

    private static String port(Node port) {
        String number = port.at("port").exists() ? port.text("port") : "*";
        String end = port.at("endPort").exists() ? "-" + port.text("endPort") : "";
        String protocol = port.text("protocol");
        return ":" + number + end + (protocol.equals("TCP") ? "" : "/" + protocol);
    }
}
