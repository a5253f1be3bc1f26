package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path EXAMPLE =
            Path.of("src/test/java/io/outcry/persistence/PersistenceExample.java");

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
    void theExampleListsTheNewestOrders() throws InterruptedException {
        AccountId me = new AccountId(1);
        Symbol symbol = new Symbol("AAPL");
        Script script = new Script().instrument(symbol).account(me);
        OrderId first = script.limit(me, symbol, Side.BUY, 1, 150, null);
        OrderId second = script.limit(me, symbol, Side.BUY, 1, 150, null);
        FakeFeed feed = new FakeFeed();
        feed.add(script.take());
        PersistenceSettings settings = TestDatabase.create().settings();

        assertThat(
                        PersistenceExample.newestOrders(
                                settings.url(), settings.user(), "", feed, me, feed.last()))
                .extracting(Order::id)
                .containsExactly(second, first);
    }
}
