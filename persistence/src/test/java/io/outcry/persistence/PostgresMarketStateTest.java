package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.order.Order;
import io.outcry.domain.store.Projection.Leadership;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresMarketStateTest {
    private static final int ORDERS = 2 * PostgresMarketState.PAGE + 1;

    /** More than one answer brings, so that some account's are cut in two by a page. */
    @Test
    void everyOpenOrderIsHandedOverOnceHoweverManyThereAre() {
        TestDatabase database = TestDatabase.migrated();
        database.execute(
                "INSERT INTO open_orders (account_id, order_id, quantity, price, stop_price,"
                        + " trail_amount, display_quantity, expires_at_nanos, filled_quantity,"
                        + " filled_notional, fees, created_at_nanos, updated_at_nanos, sequence,"
                        + " side, order_type, time_in_force, self_trade_prevention, status,"
                        + " post_only, symbol)"
                        + " SELECT 1 + n % 3, n, 10, 80, 0, 0, 0, 0, 0, 0, 0, n, n, n, 1, 1, 1, 1,"
                        + " 1, false, 'AAPL' FROM generate_series(1, "
                        + ORDERS
                        + ") AS n");
        List<Long> ids = new ArrayList<>();
        try (Persistence persistence = database.open();
                Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.market().openOrders(order -> ids.add(id(order)));
        }
        assertThat(ids).hasSize(ORDERS).doesNotHaveDuplicates();
    }

    private static long id(Order order) {
        return order.id().value();
    }
}
