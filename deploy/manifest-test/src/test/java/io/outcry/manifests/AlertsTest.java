package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compose and Kubernetes raise the same alerts, and the operations guide explains each. */
class AlertsTest {
    @Test
    void theOperatorsRuleIsThatOfCompose() throws IOException {
        List<Node> rules = Manifests.ofKind("overlays/production", "PrometheusRule");
        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).at("spec", "groups")).isEqualTo(compose());
    }

    @Test
    void eachAlertIsExplained() throws IOException {
        String guide = Files.readString(Manifests.DEPLOY.resolve("README.md"));
        List<Node> alerts = compose().items().get(0).at("rules").items();
        assertThat(alerts)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        alert -> assertThat(guide).contains("\n| `" + alert.text("alert") + "` |"));
    }

    private static Node compose() throws IOException {
        return Manifests.file("observability/prometheus/alerts.yml").at("groups");
    }
}
