package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.CostedPosition;
import io.outcry.domain.store.Projection.Leadership;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountStoreTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final Symbol AAPL = new Symbol("AAPL");

    private final Script script = new Script();
    private Persistence persistence;
    private AccountStore accounts;

    @BeforeEach
    void open() {
        persistence = TestDatabase.migrated().open();
        accounts = persistence.accounts();
        script.instrument(AAPL).account(ALICE).account(BOB).cash(ALICE, 10_000);
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    @Test
    void anAccountThatWasNeverOpenedIsNotFound() {
        project();
        assertThat(accounts.find(new AccountId(99))).isEmpty();
    }

    @Test
    void openOrdersHoldCashWithTheHighestFeeAndPositions() {
        script.limit(ALICE, AAPL, Side.BUY, 7, 101, null);
        script.limit(ALICE, AAPL, Side.SELL, 5, 200, null);
        project();

        Account account = account(ALICE);
        // 7 x 101 = 707; its fee of 1 percent, 7.07, is rounded up to 8.
        assertThat(account.cash()).containsExactly(new CashBalance(Script.USD, 10_000, 715, 0));
        assertThat(account.positions()).containsExactly(new PositionBalance(AAPL, 0, 5));
    }

    @Test
    void anOrderThatEndedHoldsNothing() {
        OrderId buy = script.limit(ALICE, AAPL, Side.BUY, 7, 101, null);
        project();
        script.cancel(buy);
        project();

        assertThat(account(ALICE).cash())
                .containsExactly(new CashBalance(Script.USD, 10_000, 0, 0));
    }

    @Test
    void aTradeMovesCashPositionAndFees() {
        OrderId sell = script.limit(BOB, AAPL, Side.SELL, 4, 150, null);
        OrderId buy = script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        script.trade(sell, buy, 4);
        project();

        assertThat(account(ALICE).cash())
                .containsExactly(
                        new CashBalance(Script.USD, 10_000 - 600 - Script.TAKER_FEE, 909, 0));
        assertThat(account(BOB).cash())
                .containsExactly(new CashBalance(Script.USD, 600 - Script.MAKER_FEE, 0, 0));
        assertThat(accounts.positions(ALICE)).containsExactly(position(4, 600, 0, 150));
        assertThat(accounts.positions(BOB)).containsExactly(position(-4, -600, 0, 150));
    }

    @Test
    void aClosedPositionShowsWhatItEarned() {
        script.trade(
                script.limit(BOB, AAPL, Side.SELL, 4, 150, null),
                script.limit(ALICE, AAPL, Side.BUY, 4, 150, null),
                4);
        script.trade(
                script.limit(BOB, AAPL, Side.BUY, 4, 160, null),
                script.limit(ALICE, AAPL, Side.SELL, 4, 160, null),
                4);
        project();

        assertThat(accounts.positions(ALICE)).containsExactly(position(0, 0, 40, 160));
        assertThat(accounts.holdings(ALICE))
                .isEqualTo(
                        new AccountStore.Holdings(accounts.find(ALICE), accounts.positions(ALICE)));
        assertThat(accounts.positions(BOB)).containsExactly(position(0, 0, -40, 160));
    }

    /** No one of them: what it all cost together, and what it came to. */
    @Test
    void costAndProfitGrowPast64Bits() {
        long price = 4_000_000_000_000_000_000L;
        for (int i = 0; i < 3; i++) {
            trade(price);
            script.cash(ALICE, price).cash(BOB, -price);
        }
        project();
        BigInteger cost = BigInteger.valueOf(price).multiply(BigInteger.valueOf(3));
        assertThat(accounts.positions(ALICE))
                .containsExactly(position(3, cost, BigInteger.ZERO, price));
        assertThat(accounts.positions(BOB))
                .containsExactly(position(-3, cost.negate(), BigInteger.ZERO, price));

        script.trade(
                script.limit(ALICE, AAPL, Side.SELL, 3, 1, null),
                script.limit(BOB, AAPL, Side.BUY, 3, 1, null),
                3);
        project();
        BigInteger lost = BigInteger.valueOf(3).subtract(cost);
        assertThat(accounts.positions(ALICE))
                .containsExactly(position(0, BigInteger.ZERO, lost, 1));
        assertThat(accounts.positions(BOB))
                .containsExactly(position(0, BigInteger.ZERO, lost.negate(), 1));
    }

    private void trade(long price) {
        script.trade(
                script.limit(BOB, AAPL, Side.SELL, 1, price, null),
                script.limit(ALICE, AAPL, Side.BUY, 1, price, null),
                1);
    }

    private static CostedPosition position(long quantity, long cost, long realized, long last) {
        return position(quantity, BigInteger.valueOf(cost), BigInteger.valueOf(realized), last);
    }

    private static CostedPosition position(
            long quantity, BigInteger cost, BigInteger realized, long last) {
        return new CostedPosition(AAPL, Script.USD, quantity, cost, realized, last);
    }

    @Test
    void suspensionAndLimitsShow() {
        script.add(new Event.AccountSuspended(script.next(), 1, ALICE));
        script.add(new Event.LimitsSet(script.next(), 1, ALICE, Script.USD, 5_000, 77));
        project();

        Account account = account(ALICE);
        assertThat(account.suspended()).isTrue();
        assertThat(account.shortLimit()).isEqualTo(77);
        assertThat(account.cash()).containsExactly(new CashBalance(Script.USD, 10_000, 0, 5_000));

        script.add(new Event.AccountResumed(script.next(), 1, ALICE));
        project();
        assertThat(account(ALICE).suspended()).isFalse();
    }

    @Test
    void instrumentsAreListedWithTheirLastPrice() {
        script.trade(
                script.limit(BOB, AAPL, Side.SELL, 4, 150, null),
                script.limit(ALICE, AAPL, Side.BUY, 4, 150, null),
                4);
        project();
        assertThat(persistence.instruments().list())
                .singleElement()
                .satisfies(
                        instrument -> {
                            assertThat(instrument.symbol()).isEqualTo(AAPL);
                            assertThat(instrument.takerFeePpm()).isEqualTo(10_000);
                            assertThat(instrument.lastPrice()).isEqualTo(150);
                        });
    }

    private Account account(AccountId id) {
        return accounts.find(id).orElseThrow();
    }

    private void project() {
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(script.take());
        }
    }
}
