package io.outcry.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    private static final int PASSWORD_LENGTH = 43;
    private static final String URL_BEGIN = "redis://:";

    @TempDir private Path directory;

    private Map<String, String> secrets() throws IOException {
        SecretFiles.ensure(directory, VenueSecrets.generate("redis"));
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void eachReaderHasAFolderWithWhatItNeeds() throws IOException {
        assertThat(secrets().keySet())
                .containsExactly(
                        "api/redis-url",
                        "api/token-key.pem",
                        "database/password",
                        "database/username",
                        "redis/redis.conf");
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        assertThat(secrets()).isEqualTo(secrets());
    }

    @Test
    void redisAndItsClientsHaveTheSamePassword() throws IOException {
        assertOnePassword();
    }

    private void assertOnePassword() throws IOException {
        String url = secrets().get("api/redis-url");
        assertThat(url).matches(URL_BEGIN + "[\\w-]{" + PASSWORD_LENGTH + "}@redis:6379");
        String password = url.substring(URL_BEGIN.length(), URL_BEGIN.length() + PASSWORD_LENGTH);
        assertThat(secrets().get("redis/redis.conf")).contains("requirepass " + password + "\n");
    }

    @Test
    void aPasswordThatOneOfTheTwoHasLostIsNewForBoth() throws IOException {
        Map<String, String> before = secrets();
        Files.delete(directory.resolve("redis/redis.conf"));
        assertOnePassword();
        assertThat(secrets())
                .doesNotContainEntry("api/redis-url", before.get("api/redis-url"))
                .containsEntry("database/password", before.get("database/password"))
                .containsEntry("api/token-key.pem", before.get("api/token-key.pem"));
    }

    @Test
    void aTokenKeyThatWasRemovedIsNewAndTheRestStays() throws IOException {
        Map<String, String> before = secrets();
        Files.delete(directory.resolve("api/token-key.pem"));
        assertThat(secrets())
                .doesNotContainEntry("api/token-key.pem", before.get("api/token-key.pem"))
                .containsEntry("api/redis-url", before.get("api/redis-url"))
                .containsEntry("database/password", before.get("database/password"));
    }
}
