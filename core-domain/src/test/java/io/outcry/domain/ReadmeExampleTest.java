package io.outcry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.MarketBook;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.domain.portfolio.PortfolioTotals;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's examples, run; the README shows them as they stand here. */
class ReadmeExampleTest {
    private static final Path SOURCE =
            Path.of("src/test/java/io/outcry/domain/ReadmeExampleTest.java");

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void aPositionIsFoldedFromTrades() {
        Scale cash = new Scale(2);
        CostBasis position =
                CostBasis.NONE
                        .trade(Side.BUY, 100, cash.parse("15000"))
                        .trade(Side.SELL, 40, cash.parse("6400.50"));

        String realized = cash.format(position.realizedPnl()); // 400.5
        String unrealized = cash.format(position.unrealizedPnl(cash.parse("9600"))); // 600

        BigInteger lastValue = BigInteger.valueOf(cash.parse("9600"));
        PortfolioTotals totals =
                PortfolioTotals.ofCash(cash.parse("1000")).with(position, lastValue);
        String equity = cash.format(totals.equity()); // 10600

        assertThat(List.of(realized, unrealized, equity)).containsExactly("400.5", "600", "10600");
        assertThat(position.quantity()).isEqualTo(60);
    }

    @Test
    void aBookIsBuiltFromEvents() {
        List<Event> events = List.of(bid(1, 15_000), bid(2, 15_010));

        MarketBook market = new MarketBook();
        events.forEach(market::apply);
        for (Symbol symbol : market.takeChanged()) {
            System.out.println(market.snapshot(symbol, 10).bids());
        }

        assertThat(market.snapshot(new Symbol("AAPL"), 1).bids())
                .containsExactly(new BookLevel(15_010, 5, 1));
    }

    @Test
    void theReadmeShowsTheseExamples() throws IOException {
        String source = Files.readString(SOURCE).replaceAll("\\s+", " ");
        String readme = Files.readString(Path.of("README.md"));
        List<String> examples =
                JAVA_BLOCK.matcher(readme).results().map(block -> block.group(1)).toList();

        assertThat(examples).hasSize(2);
        for (String example : examples) {
            assertThat(source).contains(example.replaceAll("\\s+", " ").strip());
        }
    }

    private static Event bid(long sequence, long price) {
        OrderTerms terms =
                new OrderTerms(
                        new AccountId(1),
                        new Symbol("AAPL"),
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        5,
                        price,
                        0,
                        0,
                        0,
                        0,
                        false,
                        SelfTradePrevention.CANCEL_NEWEST,
                        null);
        return new Event.OrderAccepted(sequence, 0, new OrderId(sequence), terms);
    }
}
