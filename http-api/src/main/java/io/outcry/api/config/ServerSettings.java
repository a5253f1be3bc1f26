package io.outcry.api.config;

import static io.outcry.api.config.Variable.*;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the servers are that a replica needs. For one thread. */
record ServerSettings(EnvironmentReader reader) {
    /** Fewer would soon make more partitions than a query can look into. */
    private static final long LEAST_SEGMENT_EVENTS = 100_000;

    private static final long MOST_SEGMENT_EVENTS = 10_000_000_000L;

    Settings.Database database() {
        return new Settings.Database(
                reader.checked(DATABASE_URL, "jdbc:postgresql:.+", "must be jdbc:postgresql:..."),
                reader.text(DATABASE_USER),
                reader.text(DATABASE_PASSWORD),
                new Settings.SchemaOwner(
                        reader.text(DATABASE_OWNER_USER), reader.text(DATABASE_OWNER_PASSWORD)),
                new Settings.History(
                        Duration.ofDays(reader.number(OUTCRY_HISTORY_DAYS, 0, 36_500)),
                        reader.number(
                                OUTCRY_HISTORY_SEGMENT_EVENTS,
                                LEAST_SEGMENT_EVENTS,
                                MOST_SEGMENT_EVENTS)));
    }

    Settings.RedisAddress redis() {
        return new Settings.RedisAddress(
                URI.create(
                        reader.checked(
                                REDIS_URL,
                                "rediss?://([^@\\s]*@)?[A-Za-z0-9._:\\[\\]-]+:\\d+(/\\d*)?(\\?cluster=true)?",
                                "must be redis://host:port or rediss://host:port, perhaps with ?cluster=true")),
                reader.text(REDIS_CA_FILE),
                reader.millis(OUTCRY_MARKET_DATA_INTERVAL_MS, 5, 1_000));
    }

    Settings.EngineAddress engine() {
        return new Settings.EngineAddress(
                reader.checked(ENGINE_TARGET, "\\S+:\\d+", "must be host:port"),
                reader.millis(OUTCRY_ENGINE_DEADLINE_MS, 100, 60_000),
                reader.millis(OUTCRY_ENGINE_SEND_INTERVAL_MS, 0, 50),
                engineCertificates());
    }

    private Optional<Settings.CertificateFiles> engineCertificates() {
        List<String> files =
                Stream.of(ENGINE_CA_FILE, ENGINE_CERTIFICATE_FILE, ENGINE_KEY_FILE)
                        .map(reader::text)
                        .toList();
        if (files.contains("")) {
            if (files.stream().anyMatch(file -> !file.isEmpty())) {
                reader.reject(
                        ENGINE_CA_FILE,
                        "and ENGINE_CERTIFICATE_FILE, ENGINE_KEY_FILE: all three, or none");
            }
            return Optional.empty();
        }
        return Optional.of(
                new Settings.CertificateFiles(
                        Path.of(files.get(0)), Path.of(files.get(1)), Path.of(files.get(2))));
    }
}
