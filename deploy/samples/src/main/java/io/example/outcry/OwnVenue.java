package io.example.outcry;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketBook;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.engineclient.EngineClient;
import io.outcry.engineclient.EngineFeed;
import io.outcry.engineclient.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** engine-client and core-domain in a program of one's own: trades, and keeps a book by itself. */
public final class OwnVenue {
    private static final Symbol GOLD = new Symbol("GOLD");
    private static final Currency EUR = new Currency("EUR");
    private static final Scale CENTS = new Scale(2);

    private OwnVenue() {}

    /** Lets two accounts meet at an engine that has no instrument yet; returns the book after that. */
    public static BookSnapshot trade(String engineTarget) throws InterruptedException {
        EngineSettings settings = EngineSettings.of(engineTarget);
        try (EngineClient engine = EngineClient.start(settings)) {
            if (!engine.awaitConnected(Duration.ofSeconds(10))) {
                throw new IllegalStateException("there is no engine at " + engineTarget);
            }
            done(engine.defineInstrument(gold()).join());
            long cash = CENTS.parse("100000");
            done(engine.openAccount(new OpenAccount(new AccountId(1), EUR, cash, 0, 0)).join());
            done(engine.openAccount(new OpenAccount(new AccountId(2), EUR, cash, 0, 50)).join());
            done(engine.placeOrder(limit(2, Side.SELL, 10, "1800.50")).join());
            long last = done(engine.placeOrder(limit(1, Side.BUY, 4, "1801")).join());
            return book(settings, last);
        }
    }

    private static BookSnapshot book(EngineSettings settings, long until)
            throws InterruptedException {
        MarketBook book = new MarketBook();
        CountDownLatch reached = new CountDownLatch(1);
        EventListener listener =
                new EventListener() {
                    @Override
                    public void onEvents(List<Event> events, long durableSequence) {
                        events.forEach(book::apply);
                        if (book.sequence() >= until) {
                            reached.countDown();
                        }
                    }

                    @Override
                    public void onFailed(FeedFailure failure) {
                        throw new IllegalStateException(failure.message());
                    }
                };
        try (EngineFeed feed = EngineFeed.of(settings);
                EngineFeed.Subscription subscription = feed.subscribe(0, listener)) {
            if (!reached.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the feed stopped at " + book.sequence());
            }
        }
        return book.snapshot(GOLD, 10);
    }

    private static long done(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?> done) {
            return done.sequence();
        }
        throw new IllegalStateException("not done: " + outcome);
    }

    private static Instrument gold() {
        return new Instrument(
                GOLD, EUR, CENTS, new Scale(0), CENTS, 1, 1, 1_000, 0, 0, 0, 0, 100,
                InstrumentStatus.OPEN, 0);
    }

    private static OrderTerms limit(long account, Side side, long quantity, String price) {
        return new OrderTerms(
                new AccountId(account), GOLD, side, OrderType.LIMIT, TimeInForce.GTC, quantity,
                CENTS.parse(price), 0, 0, 0, 0, false, SelfTradePrevention.CANCEL_NEWEST, null);
    }
}
