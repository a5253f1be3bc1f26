package io.outcry.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorSettingsTest {
    @Test
    void eachServerGetsItsOwn() {
        OperatorSettings settings =
                OperatorSettings.in(
                        Map.of(
                                "PATH", "/bin",
                                "OUTCRY_PROFILE", "production",
                                "OUTCRY_ENGINE_RESERVE_MIB", "10",
                                "OUTCRY_ENGINE_DEADLINE_MS", "900",
                                "REDIS_CA_FILE", "ca.pem"));

        assertThat(settings.engine()).containsExactly(Map.entry("OUTCRY_ENGINE_RESERVE_MIB", "10"));
        assertThat(settings.ofReplica(1))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "OUTCRY_PROFILE", "production",
                                "OUTCRY_ENGINE_DEADLINE_MS", "900",
                                "REDIS_CA_FILE", "ca.pem"));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void whatTheVenueSetsItselfIsRefusedWithWhatToDoInstead() {
        OperatorSettings settings =
                OperatorSettings.in(
                        Map.of("OUTCRY_HTTP_PORT", "9000", "OUTCRY_ENGINE_DATA", "/journal"));

        assertThat(settings.problems())
                .containsExactly(
                        "OUTCRY_ENGINE_DATA is set by the venue itself: use --data",
                        "OUTCRY_HTTP_PORT is set by the venue itself: use --http-port and --api-port");
    }

    @Test
    void eachReplicaHasAPortForAdministrators() {
        OperatorSettings settings = OperatorSettings.in(Map.of("OUTCRY_ADMIN_PORT", "8101"));
        assertThat(settings.ofReplica(0)).containsEntry("OUTCRY_ADMIN_PORT", "8101");
        assertThat(settings.ofReplica(3)).containsEntry("OUTCRY_ADMIN_PORT", "8104");
        assertThat(OperatorSettings.in(Map.of("OUTCRY_ADMIN_PORT", "off")).ofReplica(3))
                .containsEntry("OUTCRY_ADMIN_PORT", "off");
    }
}
