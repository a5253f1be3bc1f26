package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.AccountFill;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderStoreTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final OrderFilter ALL = new OrderFilter(Set.of(), null);

    private final Script script = new Script();
    private Persistence persistence;
    private OrderStore orders;

    @BeforeEach
    void open() {
        persistence = TestDatabase.migrated().open();
        orders = persistence.orders();
        script.instrument(AAPL).instrument(MSFT).account(ALICE).account(BOB);
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    @Test
    void anOpenOrderIsFoundAsAcceptedByBothItsIds() {
        OrderId id = script.limit(ALICE, AAPL, Side.BUY, 10, 150, new ClientOrderId("mine-1"));
        Event.OrderAccepted accepted = (Event.OrderAccepted) script.last();
        project();

        Order order = orders.find(ALICE, id).orElseThrow();
        assertThat(order)
                .isEqualTo(
                        new Order(
                                id,
                                accepted.terms(),
                                OrderStatus.NEW,
                                null,
                                0,
                                0,
                                0,
                                accepted.timeNanos(),
                                accepted.timeNanos(),
                                accepted.sequence()));
        assertThat(orders.find(ALICE, new ClientOrderId("mine-1"))).contains(order);
    }

    @Test
    void aTradedOrderTellsWhatWasFilledAndItsFills() {
        OrderId sell = script.limit(BOB, AAPL, Side.SELL, 4, 150, null);
        project();
        OrderId buy = script.limit(ALICE, AAPL, Side.BUY, 10, 151, null);
        script.trade(sell, buy, 4);
        project();

        Order bought = orders.find(ALICE, buy).orElseThrow();
        assertThat(bought.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
        assertThat(bought.filledQuantity()).isEqualTo(4);
        assertThat(bought.remainingQuantity()).isEqualTo(6);
        assertThat(bought.filledNotional()).isEqualTo(600);
        assertThat(bought.fees()).isEqualTo(Script.TAKER_FEE);
        Order sold = orders.find(BOB, sell).orElseThrow();
        assertThat(sold.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(sold.fees()).isEqualTo(Script.MAKER_FEE);

        Event.Traded trade = (Event.Traded) script.last();
        Fill fill =
                new Fill(
                        trade.tradeId(),
                        buy,
                        150,
                        4,
                        600,
                        Script.TAKER_FEE,
                        Liquidity.TAKER,
                        trade.sequence(),
                        trade.timeNanos());
        assertThat(orders.fills(ALICE, buy, Page.first(10)))
                .containsExactly(new AccountFill(AAPL, Side.BUY, fill));
        assertThat(orders.fills(BOB, sell, Page.first(10)))
                .extracting(found -> found.fill().liquidity())
                .containsExactly(Liquidity.MAKER);
        assertThat(orders.fills(ALICE, List.of(bought, sold))).containsOnlyKeys(buy);
        assertThat(orders.fills(ALICE, Page.first(10)))
                .singleElement()
                .satisfies(
                        mine -> {
                            assertThat(mine.symbol()).isEqualTo(AAPL);
                            assertThat(mine.side()).isEqualTo(Side.BUY);
                            assertThat(mine.fill()).isEqualTo(fill);
                        });
    }

    @Test
    void anOrderWithManyFillsBringsTheNewestAndAllArePagedThrough() {
        int all = 2 * OrderStore.MOST_FILLS + 50;
        OrderId buy = script.limit(ALICE, AAPL, Side.BUY, all, 150, null);
        List<Long> trades = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            script.trade(buy, script.limit(BOB, AAPL, Side.SELL, 1, 150, null), 1);
            trades.add(((Event.Traded) script.last()).tradeId());
        }
        project();

        Order bought = orders.find(ALICE, buy).orElseThrow();
        assertThat(bought.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(orders.fills(ALICE, List.of(bought)).get(buy))
                .extracting(Fill::tradeId)
                .isEqualTo(trades.subList(all - OrderStore.MOST_FILLS, all));

        List<Long> paged = new ArrayList<>();
        Page page = Page.first(60);
        List<AccountFill> found = orders.fills(ALICE, buy, page);
        while (!found.isEmpty()) {
            found.forEach(fill -> paged.add(fill.fill().tradeId()));
            page = new Page(found.get(found.size() - 1).fill().sequence(), 60);
            found = orders.fills(ALICE, buy, page);
        }
        Collections.reverse(trades);
        assertThat(paged).isEqualTo(trades);
    }

    @Test
    void theOrdersOfALongListShareItsFills() {
        int each = OrderStore.MOST_FILLS - 10;
        int all = OrderStore.MOST_FILLS_OF_LIST / OrderStore.MOST_FILLS + 10;
        List<OrderId> bids = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            OrderId bid = script.limit(ALICE, AAPL, Side.BUY, 2L * each, 150, null);
            bids.add(bid);
            for (int trade = 0; trade < each; trade++) {
                script.trade(bid, script.limit(BOB, AAPL, Side.SELL, 1, 150, null), 1);
            }
        }
        project();

        List<Order> list = orders.list(ALICE, ALL, Page.first(all));
        Map<OrderId, List<Fill>> fills = orders.fills(ALICE, list);

        int share = OrderStore.mostFills(all);
        assertThat(share).isLessThan(each);
        assertThat(fills).containsOnlyKeys(bids);
        assertThat(fills.values())
                .allSatisfy(
                        found ->
                                assertThat(found)
                                        .hasSize(share)
                                        .last()
                                        .extracting(Fill::sequence)
                                        .isEqualTo(sequence(list, found)));
    }

    private static long sequence(List<Order> of, List<Fill> fills) {
        return of.stream()
                .filter(order -> order.id().equals(fills.get(0).orderId()))
                .mapToLong(Order::sequence)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ordersAsTheyWereReadHaveTheFillsThatTheyTellOfWhereverInHistory() {
        EventFlow flow = new EventFlow(64);
        PersistenceSettings settings = TestDatabase.migrated().settings().withSegmentEvents(300);
        try (Persistence other = Persistence.open(settings);
                Leadership leadership = other.projection().tryLead().orElseThrow()) {
            leadership.write(flow.take(2_000));
            List<Order> before = other.orders().list(ALICE, ALL, Page.first(500));
            for (int i = 0; i < 10; i++) {
                leadership.write(flow.take(100));
            }
            assertThat(before).hasSizeGreaterThan(50);
            assertThat(filledQuantities(other.orders(), before))
                    .isEqualTo(before.stream().map(Order::filledQuantity).toList());
            List<Order> after = other.orders().list(ALICE, ALL, Page.first(500));
            assertThat(filledQuantities(other.orders(), after))
                    .isEqualTo(after.stream().map(Order::filledQuantity).toList());
        }
    }

    private static List<Long> filledQuantities(OrderStore store, List<Order> of) {
        Map<OrderId, List<Fill>> fills = store.fills(ALICE, of);
        return of.stream()
                .map(order -> fills.getOrDefault(order.id(), List.of()))
                .map(each -> each.stream().mapToLong(Fill::quantity).sum())
                .toList();
    }

    @Test
    void whatBelongsToAnotherIsNotFound() {
        OrderId id = script.limit(ALICE, AAPL, Side.BUY, 10, 150, new ClientOrderId("mine-1"));
        project();

        assertThat(orders.find(BOB, id)).isEmpty();
        assertThat(orders.find(BOB, new ClientOrderId("mine-1"))).isEmpty();
        assertThat(orders.list(BOB, ALL, Page.first(10))).isEmpty();
        assertThat(orders.fills(BOB, id, Page.first(10))).isEmpty();
    }

    @Test
    void aClientOrderIdThatWasUsedAgainFindsTheNewestOrder() {
        ClientOrderId again = new ClientOrderId("again");
        OrderId first = script.limit(ALICE, AAPL, Side.BUY, 10, 150, again);
        script.cancel(first);
        OrderId second = script.limit(ALICE, AAPL, Side.BUY, 10, 150, again);
        project();
        assertThat(orders.find(ALICE, again).orElseThrow().id()).isEqualTo(second);

        script.cancel(second);
        OrderId third = script.limit(ALICE, AAPL, Side.BUY, 10, 150, again);
        script.cancel(third);
        project();
        assertThat(orders.find(ALICE, again).orElseThrow().id()).isEqualTo(third);
    }

    @Test
    void aCanceledOrderTellsWhy() {
        OrderId id = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        project();
        script.cancel(id);
        project();

        Order order = orders.find(ALICE, id).orElseThrow();
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELED);
        assertThat(order.cancelReason()).isEqualTo(CancelReason.USER);
        assertThat(order.sequence()).isEqualTo(script.last().sequence());
        assertThat(order.remainingQuantity()).isZero();
    }

    @Test
    void listsAreNewestFirstAndPagesMeetWithoutGapOrRepeat() {
        List<OrderId> placed = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            OrderId id = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
            placed.add(0, id);
            if (i % 3 == 0) {
                script.cancel(id);
            }
        }
        project();

        List<OrderId> listed = new ArrayList<>();
        Page page = Page.first(5);
        List<Order> part = orders.list(ALICE, ALL, page);
        while (!part.isEmpty()) {
            part.forEach(order -> listed.add(order.id()));
            page = new Page(part.get(part.size() - 1).id().value(), 5);
            part = orders.list(ALICE, ALL, page);
        }
        assertThat(listed).isEqualTo(placed);
    }

    @Test
    void listsHeedStatusAndSymbol() {
        OrderId open = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        OrderId canceled = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        script.cancel(canceled);
        OrderId other = script.limit(ALICE, MSFT, Side.BUY, 10, 150, null);
        project();

        assertThat(ids(EnumSet.of(OrderStatus.NEW), null)).containsExactly(other, open);
        assertThat(ids(EnumSet.of(OrderStatus.CANCELED), null)).containsExactly(canceled);
        assertThat(ids(EnumSet.of(OrderStatus.NEW, OrderStatus.CANCELED), AAPL))
                .containsExactly(canceled, open);
        assertThat(ids(EnumSet.of(OrderStatus.FILLED), null)).isEmpty();
        assertThat(ids(EnumSet.of(OrderStatus.REJECTED, OrderStatus.CANCELED), null))
                .containsExactly(canceled);
        assertThat(ids(EnumSet.allOf(OrderStatus.class), null))
                .containsExactly(other, canceled, open);
        assertThat(ids(EnumSet.noneOf(OrderStatus.class), MSFT)).containsExactly(other);
    }

    @Test
    void thatNoRejectedOrderIsStoredIsKnownWithoutTheDatabase() {
        PersistenceSettings nowhere =
                PersistenceSettings.of("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
        OrderFilter rejected = new OrderFilter(Set.of(OrderStatus.REJECTED), AAPL);
        try (Persistence unreachable = Persistence.open(nowhere)) {
            assertThat(unreachable.orders().list(ALICE, rejected, Page.first(10))).isEmpty();
        }
    }

    private List<OrderId> ids(Set<OrderStatus> statuses, Symbol symbol) {
        return orders.list(ALICE, new OrderFilter(statuses, symbol), Page.first(10)).stream()
                .map(Order::id)
                .toList();
    }

    private void project() {
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(script.take());
        }
    }
}
