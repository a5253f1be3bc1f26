package io.outcry.domain.market;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Seeded trades of some symbols, now thick, now with hours between them. For one thread. */
final class RandomTrades {
    static final List<Symbol> SYMBOLS = List.of(new Symbol("AAPL"), new Symbol("MSFT"));

    private final Random random;
    private long sequence;
    private long time = 1_700_000_000_123_456_789L;

    RandomTrades(long seed) {
        random = new Random(seed);
    }

    Event.Traded next() {
        sequence++;
        time += pause();
        long price = 50L + random.nextInt(100);
        long quantity = 1L + random.nextInt(40);
        return new Event.Traded(
                sequence,
                time,
                sequence,
                SYMBOLS.get(random.nextInt(SYMBOLS.size())),
                new Currency("USD"),
                price,
                quantity,
                price * quantity,
                random.nextBoolean() ? Side.BUY : Side.SELL,
                new OrderId(1),
                new OrderId(2),
                new AccountId(1),
                new AccountId(2),
                0,
                0,
                0,
                0);
    }

    private long pause() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(3) * TimeUnit.HOURS.toNanos(7);
            case 1, 2 -> TimeUnit.MINUTES.toNanos(random.nextInt(90));
            case 3, 4, 5, 6 -> TimeUnit.SECONDS.toNanos(random.nextInt(70));
            default -> random.nextInt(900_000_000);
        };
    }
}
