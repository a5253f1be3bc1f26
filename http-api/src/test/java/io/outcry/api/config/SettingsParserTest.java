package io.outcry.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsParserTest {
    private static String key;

    @TempDir private Path folder;

    @BeforeAll
    static void makeKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
        key =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----";
    }

    private static Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OUTCRY_TOKEN_KEY", key);
        environment.put("PATH", "/bin");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void allButTheTokenKeyHasADefault() throws Exception {
        Settings settings = SettingsParser.parse(environment());

        assertThat(settings.profile()).isEqualTo(Profile.PAPER);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8000);
        assertThat(settings.engine().deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.redis().marketDataInterval()).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.tokens().lifetime()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.accounts().cash()).isEqualTo("1000000");
        assertThat(settings.instruments()).isNotEmpty();
        assertThat(settings.replicaId()).endsWith(":8000");
    }

    @Test
    void productionHasStricterDefaults() throws Exception {
        Settings settings = SettingsParser.parse(environment("OUTCRY_PROFILE", "production"));

        assertThat(settings.tokens().lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.credentials().queue()).isEqualTo(16);
        assertThat(settings.accounts().cash()).isEqualTo("0");
        assertThat(settings.accounts().shortLimit()).isZero();
        assertThat(settings.http().drainDelay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Map<String, String> environment =
                environment(
                        "OUTCRY_HTTP_PORT", "eighty",
                        "OUTCRY_PROFILE", "casino",
                        "OUTCRY_TOKEN_KEY", "hunter2-secret",
                        "OUTCRY_PAPER_CASH", "0.0000001",
                        "DATABASE_URL", "postgres://x",
                        "REDIS_URL", "http://u:pass@x",
                        "OUTCRY_MARKET_DATA_INTERVAL_MS", "0",
                        "ENGINE_TARGET", "engine",
                        "OUTCRY_HTPT_PORT", "8001");

        assertThatThrownBy(() -> SettingsParser.parse(environment))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("OUTCRY_HTTP_PORT (eighty)")
                .hasMessageContaining("OUTCRY_PROFILE (casino)")
                .hasMessageContaining("OUTCRY_TOKEN_KEY: is not PEM")
                .hasMessageContaining("OUTCRY_PAPER_CASH (0.0000001)")
                .hasMessageContaining("OUTCRY_HTPT_PORT is not a known variable")
                .hasMessageContaining("DATABASE_URL (postgres://x)")
                .hasMessageContaining("REDIS_URL must be")
                .hasMessageContaining("OUTCRY_MARKET_DATA_INTERVAL_MS (0)")
                .hasMessageContaining("ENGINE_TARGET (engine)")
                .message()
                .doesNotContain("hunter2", "pass@");
    }

    @Test
    void theEnginesCertificatesAreGivenTogetherOrNotAtAll() throws Exception {
        Settings settings =
                SettingsParser.parse(
                        environment(
                                "ENGINE_CA_FILE", "/tls/ca.crt",
                                "ENGINE_CERTIFICATE_FILE", "/tls/tls.crt",
                                "ENGINE_KEY_FILE", "/tls/tls.key"));

        assertThat(settings.engine().certificates())
                .contains(
                        new Settings.CertificateFiles(
                                Path.of("/tls/ca.crt"),
                                Path.of("/tls/tls.crt"),
                                Path.of("/tls/tls.key")));
        assertThat(SettingsParser.parse(environment()).engine().certificates()).isEmpty();
        assertThatThrownBy(() -> SettingsParser.parse(environment("ENGINE_CA_FILE", "/tls/ca.crt")))
                .hasMessageContaining(
                        "ENGINE_CA_FILE and ENGINE_CERTIFICATE_FILE, ENGINE_KEY_FILE");
    }

    @Test
    void historyIsKeptInPartitionsOfSoManyEvents() throws Exception {
        Settings settings =
                SettingsParser.parse(
                        environment(
                                "OUTCRY_HISTORY_DAYS", "30",
                                "OUTCRY_HISTORY_SEGMENT_EVENTS", "1000000"));

        assertThat(settings.database().history())
                .isEqualTo(new Settings.History(Duration.ofDays(30), 1_000_000));
        assertThat(SettingsParser.parse(environment()).database().history())
                .isEqualTo(new Settings.History(Duration.ZERO, 100_000_000));
        for (String wrong : List.of("0", "99999", "10000000001", "1m")) {
            assertThatThrownBy(
                            () ->
                                    SettingsParser.parse(
                                            environment("OUTCRY_HISTORY_SEGMENT_EVENTS", wrong)))
                    .hasMessageContaining("OUTCRY_HISTORY_SEGMENT_EVENTS (" + wrong + ")");
        }
    }

    @Test
    void aSecretMayBeInAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "from a file\n");

        Settings settings =
                SettingsParser.parse(environment("DATABASE_PASSWORD_FILE", file.toString()));

        assertThat(settings.database().password()).isEqualTo("from a file");
        assertThat(settings.toString() + settings.database()).doesNotContain("from a file");
    }

    @Test
    void aSecretInTwoPlacesOrInNoneIsRefused() {
        assertThatThrownBy(
                        () ->
                                SettingsParser.parse(
                                        environment(
                                                "DATABASE_PASSWORD", "a",
                                                "DATABASE_PASSWORD_FILE", "/nowhere")))
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> SettingsParser.parse(Map.of("OUTCRY_TOKEN_KEY_FILE", "/nowhere")))
                .hasMessageContaining("OUTCRY_TOKEN_KEY_FILE (/nowhere) cannot be read");
        assertThatThrownBy(() -> SettingsParser.parse(Map.of()))
                .hasMessageContaining("OUTCRY_TOKEN_KEY is required");
    }

    @Test
    void instrumentsMayComeFromAFile() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("instruments.csv"),
                        """
                        symbol,currency,price_scale,quantity_scale,cash_scale,tick,lot,max_quantity,\
                        reference_price,band_ppm,maker_fee_ppm,taker_fee_ppm
                        ONE,USD,2,1,4,0.05,0.5,100,12.5,50000,-10,30
                        """);

        Settings settings =
                SettingsParser.parse(environment("OUTCRY_INSTRUMENTS_FILE", file.toString()));

        assertThat(settings.instruments()).hasSize(1);
        assertThat(settings.instruments().get(0).tick()).isEqualTo(5);
        assertThat(settings.instruments().get(0).lot()).isEqualTo(5);
        assertThat(settings.instruments().get(0).makerFeePpm()).isEqualTo(-10);
        assertThatThrownBy(
                        () ->
                                SettingsParser.parse(
                                        environment(
                                                "OUTCRY_INSTRUMENTS_FILE",
                                                file.toString(),
                                                "OUTCRY_PAPER_CURRENCY",
                                                "EUR")))
                .hasMessageContaining("OUTCRY_PAPER_CURRENCY");
    }

    @Test
    void helpNamesEveryVariable() {
        for (Variable variable : Variable.values()) {
            assertThat(SettingsParser.help()).contains(variable.name());
        }
    }
}
