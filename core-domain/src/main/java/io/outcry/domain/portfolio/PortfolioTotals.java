package io.outcry.domain.portfolio;

import java.math.BigInteger;

/**
 * What an account's cash and positions of one currency come to, all in that currency's cash units.
 * Sums over positions may grow past 64 bits, and never overflow. Fees are in the cash alone.
 *
 * @param openPositions how many positions have a quantity
 * @param realizedPnl of all positions, closed ones too; below 0: a loss
 * @param unrealizedPnl what closing all of them at their values would realize
 * @param marketValue of all positions; short ones count below 0
 */
public record PortfolioTotals(
        BigInteger cash,
        int openPositions,
        BigInteger realizedPnl,
        BigInteger unrealizedPnl,
        BigInteger marketValue) {

    /** Cash and no position. */
    public static PortfolioTotals ofCash(long cash) {
        return new PortfolioTotals(
                BigInteger.valueOf(cash), 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }

    /**
     * With one more position of the same currency.
     *
     * @param value of its quantity in cash units, of the quantity's sign: at the last price, or
     *     what it cost when there is no price yet
     */
    public PortfolioTotals with(CostBasis position, BigInteger value) {
        return new PortfolioTotals(
                cash,
                position.quantity() == 0 ? openPositions : openPositions + 1,
                realizedPnl.add(position.realizedPnl()),
                unrealizedPnl.add(position.unrealizedPnl(value)),
                marketValue.add(value));
    }

    /** What would be left in cash if all positions were closed at their values, without fees. */
    public BigInteger equity() {
        return cash.add(marketValue);
    }
}
