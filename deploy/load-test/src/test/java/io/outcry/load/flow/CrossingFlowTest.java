package io.outcry.load.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.load.flow.PlaceOrder.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossingFlowTest {
    private final List<OrderFlow> flows = Mix.crossingFlows("AAPL", 2);

    @Test
    void neighboursAreAlwaysOnOppositeSides() {
        long bought = 0;
        for (int i = 0; i < 800; i++) {
            PlaceOrder one = (PlaceOrder) flows.get(0).next(0);
            PlaceOrder other = (PlaceOrder) flows.get(1).next(0);

            assertThat(one.side()).isNotEqualTo(other.side());
            assertThat(one.price()).isEqualTo(other.price());
            bought += one.side() == Side.BUY ? 1 : -1;
        }

        assertThat(bought).isZero();
    }
}
