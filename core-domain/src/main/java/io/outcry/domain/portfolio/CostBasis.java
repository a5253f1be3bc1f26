package io.outcry.domain.portfolio;

import io.outcry.domain.money.Proportion;
import io.outcry.domain.order.Side;
import java.math.BigInteger;

/**
 * A position and what it cost, by the average-cost method: an addition adds what was paid, a
 * reduction takes the reduced share of the cost away and realizes the difference to what was
 * received. Fees are no part of it.
 *
 * <p>Rounding: the cost that a reduction takes away is {@code cost * reduced / quantity}, rounded
 * toward zero, so closing a position takes away exactly all of it. Nothing is lost to rounding:
 * after any sequence of trades {@code realizedPnl - cost} is what they brought in less what they
 * paid out, to the unit.
 *
 * <p>Cost and profit are sums over a position's whole life and may grow past 64 bits, though no
 * quantity and no trade does.
 *
 * @param quantity in quantity units; below 0: short
 * @param cost of the open quantity in cash units, of the quantity's sign: what a long position has
 *     paid, or less what a short one has received; 0 when there is no quantity
 * @param realizedPnl in cash units, below 0: a loss
 */
public record CostBasis(long quantity, BigInteger cost, BigInteger realizedPnl) {

    /** No position, never traded. */
    public static final CostBasis NONE = new CostBasis(0, 0, 0);

    public CostBasis {
        if (cost.signum() != 0 && cost.signum() != Long.signum(quantity)) {
            throw new IllegalArgumentException(
                    "cost must be of the quantity's sign, was " + cost + " of " + quantity);
        }
    }

    /** Of amounts that fit 64 bits. */
    public CostBasis(long quantity, long cost, long realizedPnl) {
        this(quantity, BigInteger.valueOf(cost), BigInteger.valueOf(realizedPnl));
    }

    /**
     * After a trade. One that is larger than an opposite position closes it and opens the rest on
     * the other side, each at its share of the notional.
     *
     * @param traded quantity units, above 0
     * @param notional cash units, 0 or more
     * @throws ArithmeticException when the quantity no longer fits 64 bits
     */
    public CostBasis trade(Side side, long traded, long notional) {
        BigInteger value = BigInteger.valueOf(notional);
        requireRange(traded, value);
        return switch (side) {
            case BUY -> move(traded, value, Reduction.REALIZES);
            case SELL -> move(-traded, value, Reduction.REALIZES);
        };
    }

    /**
     * After a deposit or withdrawal of the instrument itself, which earns and loses nothing: what
     * leaves takes its share of the cost along, what comes costs what it is worth.
     *
     * @param moved quantity units, not 0; below 0: a withdrawal
     * @param value of the moved quantity in cash units, 0 or more
     * @throws ArithmeticException when the quantity no longer fits 64 bits
     */
    public CostBasis transfer(long moved, BigInteger value) {
        requireRange(Math.absExact(moved), value);
        return move(moved, value, Reduction.MOVES_AT_COST);
    }

    /**
     * What closing the position at this value would realize.
     *
     * @param marketValue of the quantity at the last price in cash units, of the quantity's sign
     */
    public BigInteger unrealizedPnl(BigInteger marketValue) {
        return marketValue.subtract(cost);
    }

    /** The same of a value that fits 64 bits. */
    public BigInteger unrealizedPnl(long marketValue) {
        return unrealizedPnl(BigInteger.valueOf(marketValue));
    }

    private enum Reduction {
        REALIZES,
        MOVES_AT_COST
    }

    private CostBasis move(long change, BigInteger value, Reduction reduction) {
        if (quantity == 0 || (change > 0) == (quantity > 0)) {
            return add(change, value);
        }
        long size = Math.absExact(change);
        long reduced = Math.min(size, Math.absExact(quantity));
        BigInteger reducedValue = Proportion.of(value, reduced, size);
        CostBasis left = reduce(reduced, reducedValue, reduction);
        return reduced == size
                ? left
                : left.add(Long.signum(change) * (size - reduced), value.subtract(reducedValue));
    }

    private CostBasis add(long change, BigInteger value) {
        return new CostBasis(
                Math.addExact(quantity, change),
                change > 0 ? cost.add(value) : cost.subtract(value),
                realizedPnl);
    }

    private CostBasis reduce(long reduced, BigInteger value, Reduction reduction) {
        BigInteger costTaken = Proportion.of(cost, reduced, Math.absExact(quantity));
        BigInteger received = quantity > 0 ? value : value.negate();
        BigInteger realized =
                switch (reduction) {
                    case REALIZES -> received.subtract(costTaken);
                    case MOVES_AT_COST -> BigInteger.ZERO;
                };
        return new CostBasis(
                quantity - Long.signum(quantity) * reduced,
                cost.subtract(costTaken),
                realizedPnl.add(realized));
    }

    private static void requireRange(long size, BigInteger value) {
        if (size <= 0 || value.signum() < 0) {
            throw new IllegalArgumentException(
                    "quantity must be above 0 and value not below 0, were "
                            + size
                            + " and "
                            + value);
        }
    }
}
