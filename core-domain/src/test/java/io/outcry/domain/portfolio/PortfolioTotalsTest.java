package io.outcry.domain.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PortfolioTotalsTest {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void cashAloneIsTheEquity() {
        PortfolioTotals totals = PortfolioTotals.ofCash(-500);

        assertThat(totals.equity()).isEqualTo(BigInteger.valueOf(-500));
        assertThat(totals.openPositions()).isZero();
    }

    @Test
    void longShortAndClosedPositionsAddUp() {
        PortfolioTotals totals =
                PortfolioTotals.ofCash(10_000)
                        .with(new CostBasis(10, 1_000, 7), BigInteger.valueOf(1_250))
                        .with(new CostBasis(-4, -400, -100), BigInteger.valueOf(-500))
                        .with(new CostBasis(0, 0, 50), BigInteger.ZERO);

        assertThat(totals)
                .isEqualTo(
                        new PortfolioTotals(
                                BigInteger.valueOf(10_000),
                                2,
                                BigInteger.valueOf(7 - 100 + 50),
                                BigInteger.valueOf(250 - 100),
                                BigInteger.valueOf(1_250 - 500)));
        assertThat(totals.equity()).isEqualTo(BigInteger.valueOf(10_750));
    }

    @Test
    void aPositionAtItsCostEarnsNothingYet() {
        CostBasis position = new CostBasis(3, 100, 0);

        PortfolioTotals totals = PortfolioTotals.ofCash(0).with(position, position.cost());

        assertThat(totals.unrealizedPnl()).isZero();
        assertThat(totals.equity()).isEqualTo(position.cost());
    }

    @Test
    void sumsGrowPast64Bits() {
        CostBasis position = new CostBasis(1, MOST, MOST.negate());
        BigInteger value = MOST.shiftLeft(2);

        PortfolioTotals totals =
                PortfolioTotals.ofCash(Long.MAX_VALUE).with(position, value).with(position, value);

        assertThat(totals.realizedPnl()).isEqualTo(MOST.multiply(BigInteger.valueOf(-2)));
        assertThat(totals.unrealizedPnl()).isEqualTo(MOST.multiply(BigInteger.valueOf(6)));
        assertThat(totals.equity()).isEqualTo(MOST.multiply(BigInteger.valueOf(9)));
    }
}
