package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.account.LedgerEntry.CashChange;
import io.outcry.domain.account.LedgerEntry.PositionChange;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.order.OrderStep.Terms;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryStoreTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final Symbol AAPL = new Symbol("AAPL");

    private final Script script = new Script().instrument(AAPL).account(ALICE).account(BOB);
    private TestDatabase database;
    private Persistence persistence;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        persistence = database.open();
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    private void project() {
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(script.take());
        }
    }

    @Test
    void anOrdersLifeIsToldStepByStep() {
        OrderId id = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        OrderId first = script.limit(BOB, AAPL, Side.SELL, 3, 150, null);
        script.trade(id, first, 3);
        project();
        script.add(replaced(id, 149, 20));
        OrderId second = script.limit(BOB, AAPL, Side.SELL, 4, 149, null);
        script.trade(id, second, 4);
        script.cancel(id);
        project();

        List<OrderStep> life = persistence.history().order(ALICE, id, Page.first(10));

        assertThat(life).hasSize(5);
        OrderStep.Ended ended = (OrderStep.Ended) life.get(0);
        assertThat(ended.status()).isEqualTo(OrderStatus.CANCELED);
        assertThat(ended.cancelReason()).isEqualTo(CancelReason.USER);
        assertThat(((OrderStep.Traded) life.get(1)).fill().quantity()).isEqualTo(4);
        OrderStep.Changed changed = (OrderStep.Changed) life.get(2);
        assertThat(changed.change()).isEqualTo(OrderStep.Change.REPLACED);
        assertThat(changed.terms()).isEqualTo(new Terms(20, 149, 0, 0));
        assertThat(((OrderStep.Traded) life.get(3)).fill().quantity()).isEqualTo(3);
        assertThat(life.get(4)).isInstanceOf(OrderStep.Accepted.class);
        assertThat(((OrderStep.Accepted) life.get(4)).terms()).isEqualTo(new Terms(10, 150, 0, 0));
        assertThat(life)
                .extracting(OrderStep::timeNanos)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(persistence.history().order(BOB, id, Page.first(10))).isEmpty();
        assertThat(persistence.history().order(BOB, second, Page.first(10))).hasSize(3);
    }

    @Test
    void aLongLifeIsPagedThrough() {
        OrderId id = script.limit(ALICE, AAPL, Side.BUY, 100, 150, null);
        for (int i = 1; i <= 10; i++) {
            script.trade(id, script.limit(BOB, AAPL, Side.SELL, 1, 150, null), 1);
            if (i % 3 == 0) {
                script.add(replaced(id, 150, 100 - i));
            }
        }
        script.trade(id, script.limit(BOB, AAPL, Side.SELL, 90, 150, null), 90);
        project();
        List<OrderStep> whole = persistence.history().order(ALICE, id, Page.first(100));

        for (int limit = 1; limit <= 16; limit++) {
            assertThat(paged(id, limit)).isEqualTo(whole);
        }
        assertThat(whole).hasSize(16);
        assertThat(((OrderStep.Ended) whole.get(0)).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(whole)
                .filteredOn(OrderStep.Changed.class::isInstance)
                .extracting(step -> ((OrderStep.Changed) step).terms().quantity())
                .containsExactly(91L, 94L, 97L);
        assertThat(((OrderStep.Accepted) whole.get(15)).terms().quantity()).isEqualTo(100);
    }

    private List<OrderStep> paged(OrderId id, int limit) {
        List<OrderStep> paged = new ArrayList<>();
        Page page = Page.first(limit);
        while (paged.isEmpty() || !(paged.get(paged.size() - 1) instanceof OrderStep.Accepted)) {
            List<OrderStep> steps = persistence.history().order(ALICE, id, page);
            paged.addAll(steps);
            page = new Page(boundary(steps, page), limit);
        }
        return paged;
    }

    private static long boundary(List<OrderStep> steps, Page page) {
        OrderStep last = steps.get(steps.size() - 1);
        if (last instanceof OrderStep.Traded traded) {
            return traded.fill().sequence();
        }
        return last instanceof OrderStep.Changed changed ? changed.sequence() : page.beforeId();
    }

    private Event replaced(OrderId id, long price, long quantity) {
        long next = script.next();
        return new Event.OrderReplaced(
                next, script.last().timeNanos() + 1, id, ALICE, AAPL, price, quantity, 0, 0, false);
    }

    @Test
    void theLedgerShowsEveryChangeWithTheBalanceAfterIt() {
        script.cash(ALICE, 5_000).cash(ALICE, -1_000);
        OrderId bid = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        script.trade(bid, script.limit(BOB, AAPL, Side.SELL, 10, 150, null), 10);
        project();

        List<LedgerEntry> entries = persistence.ledger().entries(ALICE, Page.first(10));

        assertThat(entries)
                .extracting(LedgerEntry::kind)
                .containsExactly(
                        LedgerEntry.Kind.TRADE,
                        LedgerEntry.Kind.CASH_ADJUSTMENT,
                        LedgerEntry.Kind.CASH_ADJUSTMENT);
        long paid = 1_500 + Script.MAKER_FEE;
        assertThat(entries)
                .extracting(LedgerEntry::cash)
                .containsExactly(
                        new CashChange(Script.USD, -paid, 4_000 - paid),
                        new CashChange(Script.USD, -1_000, 4_000),
                        new CashChange(Script.USD, 5_000, 5_000));
        assertThat(entries)
                .extracting(LedgerEntry::position)
                .containsExactly(new PositionChange(AAPL, 10, 10), null, null);
        assertThat(entries.get(0).tradeId()).isEqualTo(1);
        assertThat(entries.get(1).reference()).isEqualTo("cash");
        assertThat(persistence.ledger().entries(AccountId.HOUSE, Page.first(10)))
                .extracting(LedgerEntry::cash)
                .containsExactly(new CashChange(Script.USD, 1, 1));
    }

    @Test
    void pagesOfTheLedgerMeetWithoutGapOrRepeat() {
        EventFlow flow = new EventFlow(41);
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(flow.take(2_000));
        }
        List<LedgerEntry> all = persistence.ledger().entries(ALICE, Page.first(Page.MAX_LIMIT));
        List<LedgerEntry> paged = new ArrayList<>();
        Page page = Page.first(7);
        for (boolean more = true; more; ) {
            List<LedgerEntry> part = persistence.ledger().entries(ALICE, page);
            paged.addAll(part);
            more = part.size() == page.limit() && paged.size() < all.size();
            page = new Page(part.get(part.size() - 1).id(), 7);
        }
        assertThat(paged).hasSizeGreaterThan(50).isEqualTo(all.subList(0, paged.size()));
        assertThat(paged).extracting(LedgerEntry::id).doesNotHaveDuplicates();
    }

    @Test
    void accountsAndInstrumentsTellWhatWasDoneToThem() {
        script.add(new Event.LimitsSet(script.next(), 5, ALICE, Script.USD, 7_000, 30));
        script.add(new Event.AccountSuspended(script.next(), 6, ALICE));
        script.add(new Event.AccountResumed(script.next(), 7, ALICE));
        script.add(
                new Event.InstrumentStatusChanged(script.next(), 8, AAPL, InstrumentStatus.HALTED));
        project();

        List<AccountChange> changes = persistence.history().account(ALICE, Page.first(10));
        assertThat(changes)
                .extracting(AccountChange::kind)
                .containsExactly(
                        AccountChange.Kind.RESUMED,
                        AccountChange.Kind.SUSPENDED,
                        AccountChange.Kind.LIMITS_SET,
                        AccountChange.Kind.OPENED);
        assertThat(changes.get(2).creditLimit()).isEqualTo(7_000);
        assertThat(changes.get(2).shortLimit()).isEqualTo(30);
        assertThat(changes.get(0).shortLimit()).isNull();
        assertThat(persistence.history().account(ALICE, new Page(changes.get(1).sequence(), 1)))
                .containsExactly(changes.get(2));
        assertThat(persistence.history().instrument(AAPL, Page.first(5)))
                .extracting(change -> change.instrument().status())
                .containsExactly(InstrumentStatus.HALTED, InstrumentStatus.OPEN);
    }

    @Test
    void theMarketsTradesAndCandlesAreListedNewestFirst() {
        OrderId bid = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        OrderId ask = script.limit(BOB, AAPL, Side.SELL, 10, 150, null);
        script.trade(bid, ask, 4);
        project();
        script.trade(bid, ask, 6);
        project();

        List<PublicTrade> trades = persistence.market().trades(AAPL, Page.first(5));
        assertThat(trades).extracting(PublicTrade::quantity).containsExactly(6L, 4L);
        assertThat(persistence.market().trades(AAPL, new Page(trades.get(0).tradeId(), 5)))
                .containsExactly(trades.get(1));
        for (CandleInterval interval : CandleInterval.values()) {
            List<Candle> candles = persistence.market().candles(AAPL, interval, Page.first(5));
            assertThat(candles).hasSize(1);
            assertThat(candles.get(0).volume()).isEqualTo(10);
            assertThat(candles.get(0).turnover()).isEqualTo(1_500);
            assertThat(candles.get(0).trades()).isEqualTo(2);
        }
        assertThat(persistence.market().trades(new Symbol("NONE"), Page.first(5))).isEmpty();
    }
}
