package io.outcry.domain.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.order.Side;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostBasisTest {

    @Test
    void additionsAddWhatWasPaid() {
        CostBasis basis = CostBasis.NONE.trade(Side.BUY, 100, 15_000).trade(Side.BUY, 50, 9_000);

        assertThat(basis).isEqualTo(new CostBasis(150, 24_000, 0));
    }

    @Test
    void aReductionRealizesTheDifferenceToTheAverageCost() {
        CostBasis basis = CostBasis.NONE.trade(Side.BUY, 150, 24_000).trade(Side.SELL, 50, 10_000);

        assertThat(basis).isEqualTo(new CostBasis(100, 16_000, 2_000));
    }

    @Test
    void aShortPositionEarnsWhenItIsBoughtBackForLess() {
        CostBasis basis = CostBasis.NONE.trade(Side.SELL, 10, 1_000);
        assertThat(basis).isEqualTo(new CostBasis(-10, -1_000, 0));

        assertThat(basis.trade(Side.BUY, 4, 300)).isEqualTo(new CostBasis(-6, -600, 100));
    }

    @Test
    void aTradeThroughZeroClosesTheOldSideAndOpensTheOther() {
        CostBasis longer = new CostBasis(10, 1_000, 7);
        assertThat(longer.trade(Side.SELL, 15, 1_800)).isEqualTo(new CostBasis(-5, -600, 207));

        CostBasis shorter = new CostBasis(-10, -1_000, 7);
        assertThat(shorter.trade(Side.BUY, 15, 1_800)).isEqualTo(new CostBasis(5, 600, -193));
    }

    @Test
    void costTakenAwayIsRoundedTowardZeroAndClosingTakesTheRest() {
        CostBasis thirds = CostBasis.NONE.trade(Side.BUY, 3, 100);
        CostBasis once = thirds.trade(Side.SELL, 1, 50);
        assertThat(once).isEqualTo(new CostBasis(2, 67, 17));

        CostBasis closed = once.trade(Side.SELL, 1, 50).trade(Side.SELL, 1, 50);
        assertThat(closed).isEqualTo(new CostBasis(0, 0, 50));

        CostBasis shortOnce = CostBasis.NONE.trade(Side.SELL, 3, 100).trade(Side.BUY, 1, 50);
        assertThat(shortOnce).isEqualTo(new CostBasis(-2, -67, -17));
    }

    @Test
    void transfersNeitherEarnNorLose() {
        CostBasis deposited = CostBasis.NONE.transfer(10, BigInteger.valueOf(1_500));
        assertThat(deposited).isEqualTo(new CostBasis(10, 1_500, 0));
        assertThat(deposited.transfer(-4, BigInteger.valueOf(9_999)))
                .isEqualTo(new CostBasis(6, 900, 0));
        assertThat(deposited.transfer(-12, BigInteger.valueOf(2_400)))
                .isEqualTo(new CostBasis(-2, -400, 0));
    }

    @Test
    void unrealizedIsTheMarketValueLessTheCost() {
        assertThat(new CostBasis(10, 1_000, 0).unrealizedPnl(BigInteger.valueOf(1_250)))
                .isEqualTo(BigInteger.valueOf(250));
        assertThat(new CostBasis(-10, -1_000, 0).unrealizedPnl(BigInteger.valueOf(-1_250)))
                .isEqualTo(BigInteger.valueOf(-250));
    }

    @Test
    void productsThatNeed128BitsAreExact() {
        CostBasis huge =
                CostBasis.NONE.trade(
                        Side.BUY, 4_000_000_000_000_000_000L, 9_000_000_000_000_000_000L);

        assertThat(huge.trade(Side.SELL, 1_000_000_000_000_000_000L, 3_000_000_000_000_000_000L))
                .isEqualTo(
                        new CostBasis(
                                3_000_000_000_000_000_000L,
                                6_750_000_000_000_000_000L,
                                750_000_000_000_000_000L));
    }

    @Test
    void aQuantityThatDoesNotFitIsAnErrorAndNeverWraps() {
        CostBasis full = CostBasis.NONE.trade(Side.BUY, Long.MAX_VALUE, 1);
        assertThatThrownBy(() -> full.trade(Side.BUY, 1, 1))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void costAndProfitGrowPast64Bits() {
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        CostBasis dear =
                CostBasis.NONE
                        .trade(Side.BUY, 1, Long.MAX_VALUE)
                        .trade(Side.BUY, 1, Long.MAX_VALUE)
                        .trade(Side.BUY, 1, Long.MAX_VALUE);
        assertThat(dear.cost()).isEqualTo(most.multiply(BigInteger.valueOf(3)));
        assertThat(dear.unrealizedPnl(BigInteger.ONE))
                .isEqualTo(BigInteger.ONE.subtract(dear.cost()));

        CostBasis ruined = dear.trade(Side.SELL, 2, 0);
        assertThat(ruined).isEqualTo(new CostBasis(1, most, most.shiftLeft(1).negate()));
        CostBasis again = ruined.trade(Side.SELL, 1, 0).trade(Side.SELL, 1, Long.MAX_VALUE);
        assertThat(again.realizedPnl()).isEqualTo(most.multiply(BigInteger.valueOf(-3)));
        assertThat(again.cost()).isEqualTo(most.negate());
    }

    @Test
    void aTradeOfNothingOrACostOfTheWrongSignIsRefused() {
        assertThatThrownBy(() -> CostBasis.NONE.trade(Side.BUY, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CostBasis.NONE.trade(Side.SELL, 1, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CostBasis(1, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CostBasis(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124, 77})
    void randomTradesAgreeWithALedgerOfUnlimitedIntegers(long seed) {
        Random random = new Random(seed);
        CostBasis basis = CostBasis.NONE;
        Ledger ledger = new Ledger();
        for (int step = 0; step < 20_000; step++) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long quantity = 1 + (random.nextLong() >>> (30 + random.nextInt(33)));
            long notional = quantity * (1 + random.nextInt(50_000));
            basis = basis.trade(side, quantity, notional);
            ledger.trade(side == Side.BUY ? 1 : -1, quantity, notional);

            assertThat(basis.quantity())
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(ledger.quantity.longValueExact());
            assertThat(basis.cost()).as("seed %s step %s", seed, step).isEqualTo(ledger.cost);
            assertThat(basis.realizedPnl().subtract(basis.cost()))
                    .as("cash flow, seed %s step %s", seed, step)
                    .isEqualTo(ledger.cashFlow);
        }
    }

    /** The same rules spelled out, without a bound on the numbers. */
    private static final class Ledger {
        BigInteger quantity = BigInteger.ZERO;
        BigInteger cost = BigInteger.ZERO;
        BigInteger cashFlow = BigInteger.ZERO;

        void trade(int sign, long traded, long notional) {
            BigInteger price = BigInteger.valueOf(notional / traded);
            cashFlow = cashFlow.subtract(BigInteger.valueOf(sign * notional));
            BigInteger open = BigInteger.valueOf(traded);
            if (quantity.signum() == -sign) {
                BigInteger closed = open.min(quantity.abs());
                cost = cost.subtract(cost.multiply(closed).divide(quantity.abs()));
                quantity = quantity.add(closed.multiply(BigInteger.valueOf(sign)));
                open = open.subtract(closed);
            }
            quantity = quantity.add(open.multiply(BigInteger.valueOf(sign)));
            cost = cost.add(open.multiply(price).multiply(BigInteger.valueOf(sign)));
        }
    }
}
