package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name, label and port by which one object means another is that of an object. */
class PortsAndTargetsTest {
    private static final String NAME = "app.kubernetes.io/name";

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void theAutoscalerMovesAWorkloadThatSaysNoNumber(String overlay) {
        Node scaler = only(overlay, "HorizontalPodAutoscaler");
        Node target = scaler.at("spec", "scaleTargetRef");
        Node workload = named(overlay, target.text("kind"), target.text("name"));
        assertThat(workload.text("apiVersion")).isEqualTo(target.text("apiVersion"));
        assertThat(workload.at("spec", "replicas").exists()).isFalse();
        assertThat(setting(overlay, "OUTCRY_REPLICAS"))
                .as("by which replicas divide limits while Redis is away")
                .isEqualTo(scaler.text("spec", "maxReplicas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void aStatefulSetIsNamedByAServiceOfItsPods(String overlay) {
        assertThat(Manifests.ofKind(overlay, "StatefulSet"))
                .isNotEmpty()
                .allSatisfy(
                        set -> {
                            Node service =
                                    named(overlay, "Service", set.text("spec", "serviceName"));
                            assertThat(service.text("spec", "clusterIP")).isEqualTo("None");
                            assertThat(selector(service).entrySet())
                                    .isNotEmpty()
                                    .allMatch(labels(set).entrySet()::contains);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void podsAreSpreadBesideTheirOwnKind(String overlay) {
        List<Node> spread =
                Manifests.of(overlay).stream()
                        .filter(
                                object ->
                                        object.pod()
                                                .at("spec", "topologySpreadConstraints")
                                                .exists())
                        .toList();
        assertThat(spread).extracting(Node::name).contains("Deployment/api");
        for (Node workload : spread) {
            assertThat(workload.pod().at("spec", "topologySpreadConstraints").items())
                    .allSatisfy(
                            constraint ->
                                    assertThat(constraint.at("labelSelector"))
                                            .as(workload.name())
                                            .isEqualTo(workload.at("spec", "selector")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void nginxFollowsTheReplicasAndListensWhereItIsAsked(String overlay) {
        Node nginx = container(overlay, "Deployment", "nginx-ingress");
        Node replicas = named(overlay, "Service", variable(nginx, "API_NAME"));
        assertThat(replicas.text("spec", "clusterIP"))
                .as("nginx has to see each replica's address")
                .isEqualTo("None");
        assertThat(selector(replicas)).isEqualTo(Map.of(NAME, "api"));
        assertThat(variable(nginx, "API_PORT"))
                .isEqualTo(port(container(overlay, "Deployment", "api"), "http"));
        assertThat(variable(nginx, "LISTEN")).isEqualTo("0.0.0.0:" + port(nginx, "http"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void theEngineListensAtThePortsThatItsPodOpens(String overlay) {
        Node engine = container(overlay, "StatefulSet", "engine");
        assertThat(setting(overlay, "OUTCRY_ENGINE_LISTEN"))
                .isEqualTo("0.0.0.0:" + port(engine, "grpc"));
        assertThat(setting(overlay, "OUTCRY_ENGINE_METRICS"))
                .isEqualTo("0.0.0.0:" + port(engine, "metrics"));
        assertThat(setting(overlay, "ENGINE_TARGET")).isEqualTo("engine:" + port(engine, "grpc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void probesAskPortsThatTheContainerOpens(String overlay) {
        for (Node workload : Manifests.of(overlay)) {
            for (Node container : workload.containers()) {
                List<String> open =
                        container.at("ports").items().stream()
                                .flatMap(
                                        port ->
                                                Stream.of(
                                                        port.text("name"),
                                                        port.text("containerPort")))
                                .toList();
                for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                    for (String way : List.of("httpGet", "tcpSocket", "grpc")) {
                        if (container.at(probe, way).exists()) {
                            assertThat(container.text(probe, way, "port"))
                                    .as(workload.name() + " " + probe)
                                    .isIn(open);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServiceMonitor", "PodMonitor"})
    void monitorsFindPortsUnderTheNamesOfAlerts(String kind) throws Exception {
        String overlay = "overlays/production";
        Node monitor = only(overlay, kind);
        boolean ofService = kind.equals("ServiceMonitor");
        Map<?, ?> wanted = monitor.at("spec", "selector", "matchLabels").map();
        List<Node> found =
                Manifests.of(overlay).stream()
                        .filter(
                                object ->
                                        ofService
                                                ? object.text("kind").equals("Service")
                                                : object.pod().exists())
                        .filter(
                                object ->
                                        labelsFor(object, ofService).containsAll(wanted.entrySet()))
                        .toList();
        assertThat(wanted).isNotEmpty();
        assertThat(found).as("selected by " + monitor.name()).hasSize(1);
        List<Node> open =
                ofService
                        ? found.get(0).at("spec", "ports").items()
                        : found.get(0).container("api").at("ports").items();
        String endpoints = ofService ? "endpoints" : "podMetricsEndpoints";
        assertThat(monitor.at("spec", endpoints).items())
                .isNotEmpty()
                .allSatisfy(
                        endpoint ->
                                assertThat(open)
                                        .extracting(port -> port.text("name"))
                                        .contains(endpoint.text("port")));
        String job = wanted.get(monitor.text("spec", "jobLabel")) + "";
        assertThat(Manifests.file("observability/prometheus/alerts.yml").toString())
                .contains("job=\"" + job + "\"");
    }

    private static Set<?> labelsFor(Node object, boolean ofService) {
        return (ofService ? object.at("metadata", "labels").map() : labels(object)).entrySet();
    }

    private static Node only(String overlay, String kind) {
        List<Node> found = Manifests.ofKind(overlay, kind);
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static Node named(String overlay, String kind, String name) {
        List<Node> found =
                Manifests.ofKind(overlay, kind).stream()
                        .filter(object -> object.text("metadata", "name").equals(name))
                        .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    private static Node container(String overlay, String kind, String name) {
        return named(overlay, kind, name).pod().at("spec", "containers").items().get(0);
    }

    private static Map<?, ?> labels(Node workload) {
        return workload.pod().at("metadata", "labels").map();
    }

    private static Map<?, ?> selector(Node service) {
        return service.at("spec", "selector").map();
    }

    private static String port(Node container, String name) {
        return container.at("ports").items().stream()
                .filter(port -> port.text("name").equals(name))
                .map(port -> port.text("containerPort"))
                .findFirst()
                .orElse("no port " + name);
    }

    private static String variable(Node container, String name) {
        return container.at("env").items().stream()
                .filter(variable -> variable.text("name").equals(name))
                .map(variable -> variable.text("value"))
                .findFirst()
                .orElse("no variable " + name);
    }

    private static String setting(String overlay, String name) {
        return Manifests.ofKind(overlay, "ConfigMap").stream()
                .map(map -> map.at("data").map().get(name))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse("no setting " + name);
    }
}
