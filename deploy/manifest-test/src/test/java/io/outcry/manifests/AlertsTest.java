package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compose and Kubernetes raise the same alerts, and the operations guide explains each. */
class AlertsTest {
    @Test
    void theOperatorsRuleIsThatOfCompose() throws IOException {
        assertThat(groups("outcry")).isEqualTo(compose());
    }

    @Test
    void aRenewedCertificateIsToldByTheDurationThatItHas() {
        Node engine =
                Manifests.ofKind("overlays/production", "Certificate").stream()
                        .filter(node -> node.name().equals("Certificate/engine"))
                        .findFirst()
                        .orElseThrow();
        String hours = engine.text("spec", "duration").replace("h", "");
        assertThat(groups("outcry-certificates").items().get(0).at("rules").items())
                .filteredOn(alert -> alert.text("alert").equals("EngineCertificateRenewed"))
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.text("expr")).contains("- " + hours + " * 3600"));
    }

    @Test
    void eachAlertIsExplained() throws IOException {
        String guide = Files.readString(Manifests.DEPLOY.resolve("README.md"));
        List<Node> alerts =
                Stream.of(compose(), groups("outcry-certificates"))
                        .flatMap(groups -> groups.items().get(0).at("rules").items().stream())
                        .toList();
        assertThat(alerts)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        alert -> assertThat(guide).contains("\n| `" + alert.text("alert") + "` |"));
    }

    private static Node groups(String rule) {
        return Manifests.ofKind("overlays/production", "PrometheusRule").stream()
                .filter(node -> node.text("metadata", "name").equals(rule))
                .findFirst()
                .orElseThrow()
                .at("spec", "groups");
    }

    private static Node compose() throws IOException {
        return Manifests.file("observability/prometheus/alerts.yml").at("groups");
    }
}
