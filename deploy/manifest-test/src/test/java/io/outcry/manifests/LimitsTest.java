package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory and how long an end each component is given, beside what it takes. */
class LimitsTest {
    /** Between the end that a component makes by itself and the one that it is put to. */
    private static final Duration ROOM = Duration.ofSeconds(3);

    private static final String[] LIMIT = {"resources", "limits", "memory"};

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void memoryIsThatOfCompose(String overlay) throws Exception {
        Node services = Manifests.file("compose.yaml").at("services");
        for (String name : List.of("api", "engine", "nginx-ingress")) {
            assertThat(bytes(services.text(name, "mem_limit")))
                    .as(name)
                    .isEqualTo(bytes(container(overlay, name).text(LIMIT)));
        }
    }

    private static long bytes(String text) {
        Matcher size = Pattern.compile("(\\d+)([kmg])i?").matcher(text.toLowerCase(Locale.ROOT));
        assertThat(size.matches()).as(text).isTrue();
        return Long.parseLong(size.group(1)) << (10 * ("kmg".indexOf(size.group(2)) + 1));
    }

    /** A replica ends itself after that long, whatever is in its way. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void aReplicaIsNotKilledWhileItDrains(String overlay) throws Exception {
        Duration delay = millis(setting(overlay, "OUTCRY_DRAIN_DELAY_MS"));
        assertThat(afterPreStop(overlay, "api")).isGreaterThanOrEqualTo(replicaStops(delay));
    }

    @Test
    void aReplicaOfComposeIsNotKilledWhileItDrains() throws Exception {
        String delay =
                Manifests.file("compose.yaml")
                        .at("services", "api", "environment")
                        .text("OUTCRY_DRAIN_DELAY_MS")
                        .replaceAll("\\D", "");
        assertThat(composeGives("api")).isGreaterThanOrEqualTo(replicaStops(millis(delay)));
    }

    private static Duration replicaStops(Duration drainDelay) throws IOException {
        String timeout =
                inSource(
                        "http-api/src/main/java/io/outcry/api/config/Variable.java",
                        "OUTCRY_DRAIN_TIMEOUT_MS\\(\"(\\d+)\"");
        String watchdog = "http-api/src/main/java/io/outcry/api/Watchdog.java";
        String rest = inSource(watchdog, "FOR_THE_REST = Duration.ofSeconds\\((\\d+)\\)");
        assertThat(Files.readString(Manifests.DEPLOY.resolveSibling(watchdog)))
                .contains("drainDelay().plus(http.drainTimeout().multipliedBy(2))");
        return drainDelay.plus(millis(timeout).multipliedBy(2)).plus(seconds(rest)).plus(ROOM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void nginxIsNotKilledWhileItAnswers(String overlay) throws Exception {
        Duration within = seconds(variable(container(overlay, "nginx-ingress"), "QUIT_WITHIN"));
        assertThat(afterPreStop(overlay, "nginx-ingress"))
                .isGreaterThanOrEqualTo(within.plus(ROOM));
        Duration signIn =
                seconds(inSource("deploy/nginx/nginx.conf.template", "read_timeout (30)s;"));
        assertThat(within).as("the longest answer").isGreaterThan(signIn);
    }

    @Test
    void nginxOfComposeIsNotKilledWhileItAnswers() throws Exception {
        String within = inSource("deploy/nginx/start", "sleep \"\\$\\{QUIT_WITHIN:-(\\d+)\\}");
        assertThat(composeGives("nginx-ingress"))
                .isGreaterThanOrEqualTo(seconds(within).plus(ROOM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/local", "overlays/production"})
    void theEngineIsNotKilledWhileItStops(String overlay) {
        Duration stop = seconds(setting(overlay, "OUTCRY_ENGINE_STOP_SECONDS"));
        assertThat(afterPreStop(overlay, "engine")).isGreaterThanOrEqualTo(stop.plus(ROOM));
    }

    @Test
    void theEngineOfComposeIsNotKilledWhileItStops() throws Exception {
        String stop =
                inSource(
                        "engine-cpp/src/server/settings.cc",
                        "\"OUTCRY_ENGINE_STOP_SECONDS\", \"(\\d+)\"");
        assertThat(composeGives("engine")).isGreaterThanOrEqualTo(seconds(stop).plus(ROOM));
    }

    /** What Kubernetes leaves the process, which is told to stop when preStop is over. */
    private static Duration afterPreStop(String overlay, String name) {
        Node spec = workload(overlay, name).pod().at("spec");
        String preStop = container(overlay, name).text("lifecycle", "preStop", "sleep", "seconds");
        return seconds(spec.text("terminationGracePeriodSeconds"))
                .minus(seconds(preStop.isEmpty() ? "0" : preStop));
    }

    private static Duration composeGives(String service) throws IOException {
        Node services = Manifests.file("compose.yaml").at("services");
        return seconds(services.text(service, "stop_grace_period").replace("s", ""));
    }

    private static Node workload(String overlay, String name) {
        return Manifests.of(overlay).stream()
                .filter(object -> object.pod().exists())
                .filter(object -> object.text("metadata", "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Node container(String overlay, String name) {
        return workload(overlay, name).pod().at("spec", "containers").items().get(0);
    }

    private static String variable(Node container, String name) {
        return container.at("env").items().stream()
                .filter(variable -> variable.text("name").equals(name))
                .map(variable -> variable.text("value"))
                .findFirst()
                .orElseThrow();
    }

    private static String setting(String overlay, String name) {
        return Manifests.ofKind(overlay, "ConfigMap").stream()
                .map(map -> (Map<?, ?>) map.at("data").map())
                .map(data -> data.get(name))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElseThrow();
    }

    private static String inSource(String file, String pattern) throws IOException {
        String text = Files.readString(Manifests.DEPLOY.resolveSibling(file));
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern + " in " + file).isTrue();
        return found.group(1);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
