package io.outcry.domain.portfolio;

import io.outcry.domain.money.Proportion;
import io.outcry.domain.order.Side;

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
 * @param quantity in quantity units; below 0: short
 * @param cost of the open quantity in cash units, of the quantity's sign: what a long position has
 *     paid, or less what a short one has received; 0 when there is no quantity
 * @param realizedPnl in cash units, below 0: a loss
 */
public record CostBasis(long quantity, long cost, long realizedPnl) {

    /** No position, never traded. */
    public static final CostBasis NONE = new CostBasis(0, 0, 0);

    public CostBasis {
        if (quantity == 0 ? cost != 0 : cost != 0 && (cost > 0) != (quantity > 0)) {
            throw new IllegalArgumentException(
                    "cost must be of the quantity's sign, was " + cost + " of " + quantity);
        }
    }

    /**
     * After a trade. One that is larger than an opposite position closes it and opens the rest on
     * the other side, each at its share of the notional.
     *
     * @param traded quantity units, above 0
     * @param notional cash units, 0 or more
     * @throws ArithmeticException when a part no longer fits 64 bits
     */
    public CostBasis trade(Side side, long traded, long notional) {
        requireRange(traded, notional);
        return switch (side) {
            case BUY -> move(traded, notional, Reduction.REALIZES);
            case SELL -> move(-traded, notional, Reduction.REALIZES);
        };
    }

    /**
     * After a deposit or withdrawal of the instrument itself, which earns and loses nothing: what
     * leaves takes its share of the cost along, what comes costs what it is worth.
     *
     * @param moved quantity units, not 0; below 0: a withdrawal
     * @param value of the moved quantity in cash units, 0 or more
     * @throws ArithmeticException when a part no longer fits 64 bits
     */
    public CostBasis transfer(long moved, long value) {
        requireRange(Math.absExact(moved), value);
        return move(moved, value, Reduction.MOVES_AT_COST);
    }

    /**
     * What closing the position at this value would realize.
     *
     * @param marketValue of the quantity at the last price in cash units, of the quantity's sign
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public long unrealizedPnl(long marketValue) {
        return Math.subtractExact(marketValue, cost);
    }

    private enum Reduction {
        REALIZES,
        MOVES_AT_COST
    }

    private CostBasis move(long change, long value, Reduction reduction) {
        if (quantity == 0 || (change > 0) == (quantity > 0)) {
            return add(change, value);
        }
        long size = Math.absExact(change);
        long reduced = Math.min(size, Math.absExact(quantity));
        long reducedValue = Proportion.of(value, reduced, size);
        CostBasis left = reduce(reduced, reducedValue, reduction);
        return reduced == size
                ? left
                : left.add(Long.signum(change) * (size - reduced), value - reducedValue);
    }

    private CostBasis add(long change, long value) {
        return new CostBasis(
                Math.addExact(quantity, change),
                Math.addExact(cost, change > 0 ? value : -value),
                realizedPnl);
    }

    private CostBasis reduce(long reduced, long value, Reduction reduction) {
        long costTaken = Proportion.of(cost, reduced, Math.absExact(quantity));
        long sign = Long.signum(quantity);
        long realized =
                switch (reduction) {
                    case REALIZES -> Math.subtractExact(sign * value, costTaken);
                    case MOVES_AT_COST -> 0;
                };
        return new CostBasis(
                quantity - sign * reduced, cost - costTaken, Math.addExact(realizedPnl, realized));
    }

    private static void requireRange(long size, long value) {
        if (size <= 0 || value < 0) {
            throw new IllegalArgumentException(
                    "quantity must be above 0 and value not below 0, were "
                            + size
                            + " and "
                            + value);
        }
    }
}
