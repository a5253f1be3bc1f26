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
    void randomTradesAndTransfersAgreeWithALedgerOfUnlimitedIntegers(long seed) {
        Random random = new Random(seed);
        CostBasis basis = CostBasis.NONE;
        Ledger ledger = new Ledger();
        for (int step = 0; step < 20_000; step++) {
            int sign = random.nextBoolean() ? 1 : -1;
            long quantity = randomQuantity(random, basis.quantity());
            // At a whole price, or at one that leaves remainders.
            long odd = random.nextBoolean() ? random.nextLong(quantity) : 0;
            long value = quantity * (1 + random.nextInt(50_000)) + odd;
            if (random.nextInt(3) == 0) {
                basis = basis.transfer(sign * quantity, BigInteger.valueOf(value));
                ledger.transfer(sign, quantity, value);
            } else {
                basis = basis.trade(sign > 0 ? Side.BUY : Side.SELL, quantity, value);
                ledger.trade(sign, quantity, value);
            }
            String where = "seed " + seed + " step " + step;
            assertAgree(where, basis, ledger);
            long price = random.nextInt(100_000);
            BigInteger marketValue =
                    BigInteger.valueOf(basis.quantity()).multiply(BigInteger.valueOf(price));
            assertThat(basis.unrealizedPnl(marketValue))
                    .as(where)
                    .isEqualTo(ledger.wouldRealize(price));
        }
        assertThat(ledger.tradesThroughZero).isGreaterThan(100);
        assertThat(ledger.transfersThroughZero).isGreaterThan(100);
    }

    /** Of any size, and now and then exactly what is open. */
    private static long randomQuantity(Random random, long open) {
        if (open != 0 && random.nextInt(10) == 0) {
            return Math.abs(open);
        }
        return 1 + (random.nextLong() >>> (30 + random.nextInt(33)));
    }

    private static void assertAgree(String where, CostBasis basis, Ledger ledger) {
        assertThat(basis.quantity()).as(where).isEqualTo(ledger.quantity.longValueExact());
        assertThat(basis.cost()).as(where).isEqualTo(ledger.cost);
        assertThat(basis.realizedPnl()).as(where).isEqualTo(ledger.realized);
        assertThat(basis.realizedPnl().subtract(basis.cost()))
                .as("cash flow, %s", where)
                .isEqualTo(ledger.cashFlow.subtract(ledger.costMoved));
    }

    /** The same rules spelled out, without a bound on the numbers. */
    private static final class Ledger {
        BigInteger quantity = BigInteger.ZERO;
        BigInteger cost = BigInteger.ZERO;
        BigInteger realized = BigInteger.ZERO;

        /** What trades brought in less what they paid out. */
        BigInteger cashFlow = BigInteger.ZERO;

        /** What transfers brought of cost less what they took along. */
        BigInteger costMoved = BigInteger.ZERO;

        int tradesThroughZero;
        int transfersThroughZero;

        void trade(int sign, long traded, long notional) {
            BigInteger signed = BigInteger.valueOf(sign);
            BigInteger size = BigInteger.valueOf(traded);
            BigInteger value = BigInteger.valueOf(notional);
            BigInteger closed = closedBy(sign, size);
            BigInteger closedValue = value.multiply(closed).divide(size);
            BigInteger costTaken = take(closed);
            // Against the closing side: a sale brings in, a purchase pays out.
            realized = realized.subtract(signed.multiply(closedValue)).subtract(costTaken);
            cashFlow = cashFlow.subtract(signed.multiply(value));
            tradesThroughZero += passesZero(closed, size) ? 1 : 0;
            open(
                    signed.multiply(size.subtract(closed)),
                    signed.multiply(value.subtract(closedValue)));
        }

        void transfer(int sign, long moved, long worth) {
            BigInteger signed = BigInteger.valueOf(sign);
            BigInteger size = BigInteger.valueOf(moved);
            BigInteger value = BigInteger.valueOf(worth);
            BigInteger closed = closedBy(sign, size);
            BigInteger opensAt = value.subtract(value.multiply(closed).divide(size));
            costMoved = costMoved.subtract(take(closed)).add(signed.multiply(opensAt));
            transfersThroughZero += passesZero(closed, size) ? 1 : 0;
            open(signed.multiply(size.subtract(closed)), signed.multiply(opensAt));
        }

        /** What closing all of it at that price would add to what is realized. */
        BigInteger wouldRealize(long price) {
            Ledger closing = new Ledger();
            closing.quantity = quantity;
            closing.cost = cost;
            if (quantity.signum() != 0) {
                long size = quantity.abs().longValueExact();
                closing.trade(-quantity.signum(), size, Math.multiplyExact(size, price));
            }
            return closing.realized;
        }

        private BigInteger closedBy(int sign, BigInteger size) {
            return quantity.signum() == -sign ? size.min(quantity.abs()) : BigInteger.ZERO;
        }

        private static boolean passesZero(BigInteger closed, BigInteger size) {
            return closed.signum() != 0 && closed.compareTo(size) < 0;
        }

        /** Takes so much off the position with its share of the cost, which is returned. */
        private BigInteger take(BigInteger closed) {
            if (closed.signum() == 0) {
                return BigInteger.ZERO;
            }
            BigInteger costTaken = cost.multiply(closed).divide(quantity.abs());
            quantity = quantity.subtract(closed.multiply(BigInteger.valueOf(quantity.signum())));
            cost = cost.subtract(costTaken);
            return costTaken;
        }

        private void open(BigInteger added, BigInteger value) {
            quantity = quantity.add(added);
            cost = cost.add(value);
        }
    }
}
