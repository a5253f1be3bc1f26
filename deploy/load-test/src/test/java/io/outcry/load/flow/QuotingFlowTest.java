package io.outcry.load.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotingFlowTest {
    private static final int ACTIONS = 20_000;
    private static final long STEP_NANOS = 1_000_000;
    private static final TradedInstrument SHARE =
            new TradedInstrument("AAPL", new BigDecimal("0.01"), BigDecimal.ONE, 15_000);
    private static final TradedInstrument COIN =
            new TradedInstrument("COIN", new BigDecimal("0.5"), new BigDecimal("0.001"), 241);

    @ParameterizedTest
    @EnumSource(
            value = Mix.class,
            names = {"LIMIT", "MIXED"})
    void isTheSameForTheSameSeedAndClientOnly(Mix mix) {
        List<Action> first = actions(mix.quotingFlows(List.of(SHARE, COIN), 7, 3).get(1));

        assertThat(actions(mix.quotingFlows(List.of(SHARE, COIN), 7, 9).get(1))).isEqualTo(first);
        assertThat(actions(mix.quotingFlows(List.of(SHARE, COIN), 8, 3).get(1)))
                .isNotEqualTo(first);
        assertThat(actions(mix.quotingFlows(List.of(SHARE, COIN), 7, 3).get(2)))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mix.class,
            names = {"LIMIT", "MIXED"})
    void staysOnTheGridOfItsInstruments(Mix mix) {
        for (PlaceOrder order :
                orders(actions(mix.quotingFlows(List.of(SHARE, COIN), 7, 1).get(0)))) {
            TradedInstrument instrument = order.symbol().equals("AAPL") ? SHARE : COIN;
            BigDecimal price = new BigDecimal(order.price());
            BigDecimal quantity = new BigDecimal(order.quantity());
            assertThat(price.remainder(instrument.tick())).isEqualByComparingTo("0");
            assertThat(quantity.remainder(instrument.lot())).isEqualByComparingTo("0");
            assertThat(price).isPositive();
            assertThat(quantity).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mix.class,
            names = {"LIMIT", "MIXED"})
    void cancelsEachOfItsOrdersOnceAndKeepsFewOpen(Mix mix) {
        OrderFlow flow = mix.quotingFlows(List.of(SHARE), 7, 1).get(0);
        Set<String> open = new HashSet<>();
        for (int i = 0; i < ACTIONS; i++) {
            if (flow.next(i * STEP_NANOS) instanceof CancelOrder cancel) {
                assertThat(open.remove(cancel.orderId())).isTrue();
            } else {
                open.add("order-" + i);
                flow.rested("order-" + i);
            }
            assertThat(open.size()).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void theLimitMixIsLimitsOfWhichEveryFifthCrosses() {
        List<PlaceOrder> orders =
                orders(actions(Mix.LIMIT.quotingFlows(List.of(SHARE), 7, 1).get(0)));

        assertThat(orders).allMatch(order -> order.type() == PlaceOrder.OrderType.LIMIT);
        assertThat(share(orders, QuotingFlowTest::crosses)).isBetween(0.18, 0.22);
    }

    @Test
    void theMixedMixHasTakersOnBothSides() {
        List<PlaceOrder> orders =
                orders(actions(Mix.MIXED.quotingFlows(List.of(SHARE), 7, 1).get(0)));

        assertThat(share(orders, order -> order.type() == PlaceOrder.OrderType.MARKET))
                .isBetween(0.05, 0.10);
        assertThat(
                        share(
                                orders,
                                order ->
                                        order.type() == PlaceOrder.OrderType.LIMIT
                                                && order.timeInForce()
                                                        == PlaceOrder.TimeInForce.IOC))
                .isBetween(0.10, 0.18);
        assertThat(share(orders, order -> order.side() == PlaceOrder.Side.BUY))
                .isBetween(0.45, 0.55);
    }

    /** Of the limit mix, whose price stands still at 150.00. */
    private static boolean crosses(PlaceOrder order) {
        int side = order.side() == PlaceOrder.Side.BUY ? 1 : -1;
        return new BigDecimal(order.price()).subtract(new BigDecimal("150.00")).signum() == side;
    }

    private static double share(List<PlaceOrder> orders, Predicate<PlaceOrder> which) {
        return orders.stream().filter(which).count() / (double) orders.size();
    }

    private static List<Action> actions(OrderFlow flow) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            Action action = flow.next(i * STEP_NANOS);
            actions.add(action);
            if (action instanceof PlaceOrder order
                    && order.timeInForce() == PlaceOrder.TimeInForce.GTC) {
                flow.rested("order-" + i);
            }
        }
        return actions;
    }

    private static List<PlaceOrder> orders(List<Action> actions) {
        return actions.stream()
                .filter(PlaceOrder.class::isInstance)
                .map(PlaceOrder.class::cast)
                .toList();
    }
}
