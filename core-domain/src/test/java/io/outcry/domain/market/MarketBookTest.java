package io.outcry.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketBookTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final int ALL = Integer.MAX_VALUE;

    private final MarketBook book = new MarketBook();

    @Test
    void restingOrdersAddUpByPriceBestFirst() {
        accept(1, Side.BUY, 100, 10, 0);
        accept(2, Side.BUY, 101, 5, 0);
        accept(3, Side.BUY, 100, 7, 0);
        accept(4, Side.SELL, 103, 1, 0);
        accept(5, Side.SELL, 102, 2, 0);

        BookSnapshot snapshot = book.snapshot(AAPL, ALL);

        assertThat(snapshot.bids())
                .containsExactly(new BookLevel(101, 5, 1), new BookLevel(100, 17, 2));
        assertThat(snapshot.asks())
                .containsExactly(new BookLevel(102, 2, 1), new BookLevel(103, 1, 1));
        assertThat(snapshot.sequence()).isEqualTo(5);
        assertThat(book.snapshot(AAPL, 1).bids()).containsExactly(new BookLevel(101, 5, 1));
    }

    @Test
    void theDetailShowsOrdersByPriorityAndARefreshedSliceLast() {
        accept(1, Side.SELL, 100, 25, 10);
        accept(2, Side.SELL, 100, 7, 0);
        accept(3, Side.SELL, 99, 1, 0);
        assertThat(book.detail(AAPL, 1).asks())
                .containsExactly(new RestingOrder(new OrderId(3), 99, 1));
        accept(4, Side.BUY, 100, 11, 0);
        trade(3, 4, 1, 0, 10);
        trade(1, 4, 10, 15, 0);

        assertThat(book.detail(AAPL, ALL).asks())
                .containsExactly(
                        new RestingOrder(new OrderId(2), 100, 7),
                        new RestingOrder(new OrderId(1), 100, 10));
        assertThat(book.detail(MSFT, ALL).asks()).isEmpty();
    }

    @Test
    void anOrderThatCrossesIsNotShownUntilItHasTraded() {
        accept(1, Side.SELL, 100, 10, 0);
        accept(2, Side.BUY, 101, 15, 0);
        assertThat(book.snapshot(AAPL, ALL).bids()).isEmpty();

        trade(1, 2, 10, 0, 5);

        assertThat(book.snapshot(AAPL, ALL).asks()).isEmpty();
        assertThat(book.snapshot(AAPL, ALL).bids()).containsExactly(new BookLevel(101, 5, 1));
    }

    @Test
    void anIcebergShowsOneSliceAtATime() {
        accept(1, Side.SELL, 100, 25, 10);
        assertThat(book.snapshot(AAPL, ALL).asks()).containsExactly(new BookLevel(100, 10, 1));

        accept(2, Side.BUY, 100, 14, 0);
        trade(1, 2, 10, 15, 4);
        trade(1, 2, 4, 11, 0);

        assertThat(book.snapshot(AAPL, ALL).asks()).containsExactly(new BookLevel(100, 6, 1));
    }

    @Test
    void marketOrdersAndPendingStopsDoNotRest() {
        apply(
                new Event.OrderAccepted(
                        next(),
                        0,
                        new OrderId(1),
                        terms(Side.BUY, OrderType.MARKET, TimeInForce.IOC, 0, 5, 0)));
        apply(
                new Event.OrderAccepted(
                        next(),
                        0,
                        new OrderId(2),
                        terms(Side.BUY, OrderType.STOP, TimeInForce.GTC, 0, 5, 0)));
        apply(
                new Event.OrderAccepted(
                        next(),
                        0,
                        new OrderId(3),
                        terms(Side.BUY, OrderType.STOP_LIMIT, TimeInForce.GTC, 99, 5, 0)));
        apply(
                new Event.OrderAccepted(
                        next(),
                        0,
                        new OrderId(4),
                        terms(Side.BUY, OrderType.LIMIT, TimeInForce.IOC, 99, 5, 0)));
        assertThat(book.snapshot(AAPL, ALL).bids()).isEmpty();

        apply(new Event.OrderTriggered(next(), 0, new OrderId(3), ALICE, AAPL, 100));

        assertThat(book.snapshot(AAPL, ALL).bids()).containsExactly(new BookLevel(99, 5, 1));
    }

    @Test
    void onlySymbolsWhoseBookShowsSomethingElseHaveChanged() {
        accept(1, Side.SELL, 100, 10, 0);
        assertThat(book.takeChanged()).containsExactly(AAPL);
        assertThat(book.takeChanged()).isEmpty();

        apply(new Event.AccountSuspended(next(), 0, ALICE));
        accept(2, Side.BUY, 100, 10, 0);
        assertThat(book.takeChanged()).isEmpty();

        trade(1, 2, 10, 0, 0);
        assertThat(book.takeChanged()).containsExactly(AAPL);
        assertThat(book.symbols()).containsExactly(AAPL);
    }

    @Test
    void aSymbolWithoutOrdersHasAnEmptyBook() {
        assertThat(book.snapshot(MSFT, 10))
                .isEqualTo(new BookSnapshot(MSFT, 0, 0, List.of(), List.of()));
    }

    @Test
    void anEventThatDoesNotFollowOrFitIsRefused() {
        assertThatThrownBy(() -> book.apply(new Event.SessionClosed(2, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event 2 does not follow 0");
        accept(1, Side.SELL, 100, 10, 0);
        assertThatThrownBy(() -> trade(9, 2, 10, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not rest");
    }

    @Test
    void aRemainderOtherThanTheEnginesIsRefused() {
        accept(1, Side.SELL, 100, 10, 0);
        accept(2, Side.BUY, 100, 4, 0);
        assertThatThrownBy(() -> trade(1, 2, 4, 5, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("order 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124, 4711, 99})
    void itShowsWhatASlowVenuesListsShow(long seed) {
        SlowVenue venue = new SlowVenue(new Random(seed), List.of(AAPL, MSFT));
        for (int step = 0; step < 5_000; step++) {
            int from = venue.events.size();
            venue.step();
            for (Event event : venue.events.subList(from, venue.events.size())) {
                book.apply(event);
                assertNotCrossed(seed, step);
            }
            assertThat(List.of(book.snapshot(AAPL, 5), book.snapshot(MSFT, ALL)))
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(List.of(venue.expected(AAPL, 5), venue.expected(MSFT, ALL)));
            assertThat(book.detail(AAPL, ALL))
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(venue.expectedDetail(AAPL));
        }
        assertThat(venue.events)
                .hasSizeGreaterThan(8_000)
                .hasAtLeastOneElementOfType(Event.OrderTriggered.class)
                .hasAtLeastOneElementOfType(Event.OrderReplaced.class)
                .hasAtLeastOneElementOfType(Event.OrderExpired.class)
                .anyMatch(MarketBookTest::decrements)
                .filteredOn(Event.Traded.class::isInstance)
                .hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20261125})
    void restoredFromOpenOrdersItGoesOnAsIfItHadSeenEveryEvent(long seed) {
        SlowVenue venue = new SlowVenue(new Random(seed), List.of(AAPL, MSFT));
        venue.icebergs = false;
        MarketBook restored = new MarketBook();
        for (int step = 0; step < 3_000; step++) {
            venue.step();
            if (step % 100 == 0) {
                List<Order> open = venue.openOrders();
                restored = MarketBook.restore(venue.events.size(), open::forEach);
            }
            for (Event event :
                    venue.events.subList((int) restored.sequence(), venue.events.size())) {
                restored.apply(event);
            }
            assertThat(restored.snapshot(AAPL, ALL).bids())
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(venue.expected(AAPL, ALL).bids());
            assertThat(restored.snapshot(AAPL, ALL).asks())
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(venue.expected(AAPL, ALL).asks());
        }
    }

    @Test
    void restoredWithinACommandItHoldsTheArrivingOrderBack() {
        Order resting = open(1, terms(Side.SELL, OrderType.LIMIT, TimeInForce.GTC, 100, 10, 0), 1);
        Order arriving = open(2, terms(Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 101, 15, 0), 2);

        MarketBook restored =
                MarketBook.restore(
                        2,
                        each -> {
                            each.accept(arriving);
                            each.accept(resting);
                        });

        assertThat(restored.snapshot(AAPL, ALL).bids()).isEmpty();
        assertThat(restored.snapshot(AAPL, ALL).asks()).containsExactly(new BookLevel(100, 10, 1));
    }

    @Test
    void restoredAfterATradeThatBothOutliveItKnowsTheIcebergForTheOneThatRested() {
        Order iceberg = open(1, terms(Side.SELL, OrderType.LIMIT, TimeInForce.GTC, 100, 90, 10), 3);
        Order arriving = open(2, terms(Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 101, 40, 0), 3);
        for (List<Order> orders : List.of(List.of(iceberg, arriving), List.of(arriving, iceberg))) {
            MarketBook restored = MarketBook.restore(3, orders::forEach);

            assertThat(restored.snapshot(AAPL, ALL).bids()).isEmpty();
            assertThat(restored.snapshot(AAPL, ALL).asks())
                    .containsExactly(new BookLevel(100, 10, 1));
        }
    }

    @Test
    void restoredOrdersAtOnePriceHavePriorityByTheirIds() {
        MarketBook restored =
                MarketBook.restore(
                        9,
                        each -> {
                            for (long id : List.of(3L, 1L, 2L)) {
                                OrderTerms bid =
                                        terms(
                                                Side.BUY,
                                                OrderType.LIMIT,
                                                TimeInForce.GTC,
                                                100,
                                                10,
                                                0);
                                each.accept(open(id, bid, id));
                            }
                        });

        assertThat(restored.detail(AAPL, ALL).bids())
                .extracting(order -> order.orderId().value())
                .containsExactly(1L, 2L, 3L);
    }

    private static boolean decrements(Event event) {
        return event instanceof Event.OrderCanceled canceled && canceled.remaining() > 0;
    }

    private void accept(long id, Side side, long price, long quantity, long displayQuantity) {
        OrderTerms terms =
                terms(side, OrderType.LIMIT, TimeInForce.GTC, price, quantity, displayQuantity);
        apply(new Event.OrderAccepted(next(), 0, new OrderId(id), terms));
    }

    private void trade(
            long maker, long taker, long quantity, long makerRemaining, long takerRemaining) {
        apply(
                new Event.Traded(
                        next(),
                        0,
                        1,
                        AAPL,
                        new Currency("USD"),
                        100,
                        quantity,
                        100 * quantity,
                        Side.BUY,
                        new OrderId(maker),
                        new OrderId(taker),
                        ALICE,
                        BOB,
                        0,
                        0,
                        makerRemaining,
                        takerRemaining));
    }

    private void apply(Event event) {
        book.apply(event);
    }

    private long next() {
        return book.sequence() + 1;
    }

    private static Order open(long id, OrderTerms terms, long touched) {
        return new Order(new OrderId(id), terms, OrderStatus.NEW, null, 0, 0, 0, 0, 0, touched);
    }

    private static OrderTerms terms(
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            long price,
            long quantity,
            long displayQuantity) {
        return new OrderTerms(
                ALICE,
                AAPL,
                side,
                type,
                timeInForce,
                quantity,
                price,
                0,
                0,
                displayQuantity,
                0,
                false,
                SelfTradePrevention.CANCEL_NEWEST,
                null);
    }

    private void assertNotCrossed(long seed, int step) {
        for (Symbol symbol : book.symbols()) {
            BookSnapshot top = book.snapshot(symbol, 1);
            if (!top.bids().isEmpty() && !top.asks().isEmpty()) {
                assertThat(top.bids().get(0).price())
                        .as("seed %s step %s", seed, step)
                        .isLessThan(top.asks().get(0).price());
            }
        }
    }
}
