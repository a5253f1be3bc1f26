package io.outcry.manifests;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A part of a YAML document. What is not there is an empty node, so that a test says what it
 * expects in one line.
 *
 * @param value a map, a list, a scalar or null
 */
record Node(Object value) {
    private static final Node NONE = new Node(null);

    /** The node at the path, whose steps are keys. */
    Node at(String... path) {
        Node node = this;
        for (String key : path) {
            node =
                    node.value instanceof Map<?, ?> map && map.get(key) != null
                            ? new Node(map.get(key))
                            : NONE;
        }
        return node;
    }

    List<Node> items() {
        return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
    }

    /** As text; empty when it is not there. */
    String text(String... path) {
        Node node = at(path);
        return node.value == null ? "" : node.value.toString();
    }

    boolean exists() {
        return value != null;
    }

    Map<?, ?> map() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    String name() {
        return text("kind") + "/" + text("metadata", "name");
    }

    /** The pod template, of whatever makes pods. */
    Node pod() {
        return at("spec", "template");
    }

    /** Its containers, those that run first included. */
    List<Node> containers() {
        Node spec = pod().at("spec");
        return Stream.concat(
                        spec.at("initContainers").items().stream(),
                        spec.at("containers").items().stream())
                .toList();
    }

    /** The one of that name, whether it runs first or for good. */
    Node container(String name) {
        return containers().stream()
                .filter(container -> container.text("name").equals(name))
                .findFirst()
                .orElse(NONE);
    }
}
