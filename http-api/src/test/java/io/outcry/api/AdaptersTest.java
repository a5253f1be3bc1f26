package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.config.Settings;
import io.outcry.persistence.PersistenceSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdaptersTest {
    @Test
    void whatTheEnvironmentSaysOfTheDatabaseReachesIt() {
        Settings settings =
                TestVenue.settings(
                        Map.of(
                                "DATABASE_URL", "jdbc:postgresql://db:1/venue",
                                "DATABASE_USER", "trader",
                                "DATABASE_PASSWORD", "secret",
                                "DATABASE_OWNER_USER", "keeper",
                                "DATABASE_OWNER_PASSWORD", "safe",
                                "OUTCRY_HISTORY_SEGMENT_EVENTS", "2000000"));

        assertThat(Adapters.persistenceSettings(settings.database()))
                .isEqualTo(
                        PersistenceSettings.of("jdbc:postgresql://db:1/venue", "trader", "secret")
                                .withOwner(new PersistenceSettings.Owner("keeper", "safe"))
                                .withSegmentEvents(2_000_000));
    }
}
