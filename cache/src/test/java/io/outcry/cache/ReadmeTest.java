package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.market.BookSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path EXAMPLE = Path.of("src/test/java/io/outcry/cache/CacheExample.java");

    @Test
    void theExampleIsTheOneThatRuns() throws IOException {
        String source = Files.readString(EXAMPLE);
        String example =
                source.substring(
                        source.indexOf("// example\n") + 11, source.indexOf("        // end"));
        assertThat(Files.readString(Path.of("README.md")))
                .contains(example.stripTrailing().stripIndent());
    }

    @Test
    void theExampleReadsThePublishedBook() {
        try (TestRedis redis = TestRedis.start();
                RedisCache other =
                        RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC())) {
            Optional<BookSnapshot> book =
                    CacheExample.book(
                            redis.uri(),
                            follower -> {
                                follower.leading(new MarketScript().market());
                                await().until(
                                                () ->
                                                        other.marketData()
                                                                .book(MarketScript.AAPL)
                                                                .isPresent());
                            });
            assertThat(book.orElseThrow().bids()).hasSize(1);
        }
    }
}
