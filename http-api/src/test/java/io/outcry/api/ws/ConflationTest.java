package io.outcry.api.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.market.Tickers;
import io.outcry.domain.order.Side;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConflationTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");

    private final SlowListener listener = new SlowListener();
    private final Conflation conflation = Conflation.start(listener);

    @AfterEach
    void close() {
        listener.go.countDown();
        conflation.close();
    }

    @Test
    void whatComesWhileItIsToldBecomesOneUpdate() {
        conflation.onSnapshot(emptyBook(AAPL, 0));
        listener.awaitBusy();
        for (int i = 0; i < 100; i++) {
            conflation.onUpdate(update(AAPL, i, i + 1));
        }
        listener.go.countDown();

        await().until(() -> listener.heard.size() == 2);
        assertThat(listener.heard).containsExactly("AAPL snapshot 0", "AAPL 0 to 100, 100 trades");
        assertThat(listener.books.get(AAPL).bids()).containsExactly(new BookLevel(10, 100, 1));
    }

    @Test
    void eachSymbolHasItsTurn() {
        conflation.onSnapshot(emptyBook(AAPL, 0));
        listener.awaitBusy();
        conflation.onSnapshot(emptyBook(MSFT, 5));
        conflation.onUpdate(update(AAPL, 0, 1));
        conflation.onUpdate(update(MSFT, 5, 6));
        conflation.onUpdate(update(AAPL, 1, 2));
        listener.go.countDown();

        await().until(() -> listener.heard.size() == 4);
        assertThat(listener.heard)
                .containsExactly(
                        "AAPL snapshot 0",
                        "MSFT snapshot 5",
                        "MSFT 5 to 6, 1 trades",
                        "AAPL 0 to 2, 2 trades");
    }

    @Test
    void theRestOfASnapshotIsReadWhenItsBookComes() {
        conflation.onSnapshot(emptyBook(AAPL, 0));
        listener.awaitBusy();
        conflation.onSnapshot(emptyBook(AAPL, 7));

        assertThat(listener.read).containsExactly(0L, 7L);
        assertThat(listener.heard).isEmpty();
    }

    @Test
    void whatWaitsIsForgottenAtAGap() {
        conflation.onSnapshot(emptyBook(AAPL, 0));
        listener.awaitBusy();
        conflation.onUpdate(update(AAPL, 0, 1));
        conflation.onGap(AAPL);
        conflation.onSnapshot(emptyBook(AAPL, 7));
        conflation.onUpdate(update(AAPL, 7, 8));
        listener.go.countDown();

        await().until(() -> listener.heard.size() == 4);
        assertThat(listener.heard)
                .containsExactly(
                        "AAPL snapshot 0", "AAPL gap", "AAPL snapshot 7", "AAPL 7 to 8, 1 trades");
    }

    @Test
    void whoBringsMoreThanMayWaitWaits() throws InterruptedException {
        conflation.onSnapshot(emptyBook(AAPL, 0));
        listener.awaitBusy();
        Thread bringing =
                new Thread(
                        () -> {
                            for (int i = 0; i < 2_001; i++) {
                                conflation.onUpdate(update(AAPL, i, i + 1));
                            }
                        });
        bringing.start();
        await().until(() -> bringing.getState() == Thread.State.WAITING);
        listener.go.countDown();
        bringing.join();

        await().until(() -> listener.books.get(AAPL).sequence() == 2_001);
        assertThat(listener.heard).startsWith("AAPL snapshot 0", "AAPL 0 to 1999, 1999 trades");
    }

    @Test
    void aListenersFailureIsNotTheEnd() {
        conflation.onUpdate(update(AAPL, 0, 1));
        listener.awaitBusy();
        listener.go.countDown();
        conflation.onSnapshot(emptyBook(AAPL, 2));
        await().until(() -> listener.heard.contains("AAPL snapshot 2"));
    }

    @Test
    void closingEndsItsThread() {
        conflation.close();
        await().until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(t -> t.getName().equals("market-teller")));
    }

    private static BookSnapshot emptyBook(Symbol symbol, long sequence) {
        return new BookSnapshot(symbol, sequence, 0, List.of(), List.of());
    }

    private static MarketUpdate update(Symbol symbol, long from, long to) {
        Ticker ticker = new Tickers().ticker(symbol, 0, emptyBook(symbol, to));
        return new MarketUpdate(
                symbol,
                to,
                from,
                0,
                List.of(new BookLevel(10, to, 1)),
                List.of(),
                List.of(new PublicTrade(to, symbol, 10, 1, Side.BUY, to, 0)),
                ticker,
                List.of());
    }

    /** Keeps the books, and what it heard; holds whoever tells it something until it may go. */
    private static final class SlowListener implements Conflation.Audience {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<Long> read = new CopyOnWriteArrayList<>();
        final Map<Symbol, BookSnapshot> books = new ConcurrentHashMap<>();
        final CountDownLatch go = new CountDownLatch(1);
        private final CountDownLatch busy = new CountDownLatch(1);

        void awaitBusy() {
            await().until(() -> busy.getCount() == 0);
        }

        @Override
        public MarketStart read(BookSnapshot book) {
            read.add(book.sequence());
            return new MarketStart(book, List.of(), null, List.of());
        }

        @Override
        public void update(MarketUpdate update) {
            hold();
            books.compute(update.symbol(), (symbol, book) -> update.applyTo(known(book)));
            heard.add(
                    "%s %d to %d, %d trades"
                            .formatted(
                                    update.symbol(),
                                    update.previousSequence(),
                                    update.sequence(),
                                    update.trades().size()));
        }

        private static BookSnapshot known(BookSnapshot book) {
            if (book == null) {
                throw new IllegalStateException("there is no book");
            }
            return book;
        }

        @Override
        public void start(MarketStart start) {
            hold();
            BookSnapshot book = start.book();
            books.put(book.symbol(), book);
            heard.add("%s snapshot %d".formatted(book.symbol(), book.sequence()));
        }

        @Override
        public boolean isFull(Symbol symbol) {
            return false;
        }

        @Override
        public boolean tellNext() {
            return false;
        }

        @Override
        public void lose(Symbol symbol) {
            hold();
            books.remove(symbol);
            heard.add("%s gap".formatted(symbol));
        }

        private void hold() {
            busy.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
