package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.store.Projection.Leadership;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final int REPLICAS = 4;

    @Test
    void replicasThatMigrateAtOnceAllSucceed() throws Exception {
        TestDatabase database = TestDatabase.create();
        ExecutorService replicas = Executors.newFixedThreadPool(REPLICAS);
        try {
            Callable<Boolean> replica =
                    () -> {
                        try (Persistence persistence = database.open()) {
                            persistence.migrate();
                            return persistence.projection().position() == 0;
                        }
                    };
            List<Future<Boolean>> migrated =
                    replicas.invokeAll(
                            IntStream.range(0, REPLICAS).mapToObj(i -> replica).toList());
            for (Future<Boolean> one : migrated) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            replicas.shutdownNow();
        }
        assertThat(
                        database.number(
                                "SELECT count(*) FROM outcry_schema_history WHERE version = '1'"))
                .isEqualTo(1);
    }

    @Test
    void migratingAgainChangesNothing() {
        TestDatabase database = TestDatabase.migrated();
        database.execute("UPDATE projection_position SET sequence = 7");
        try (Persistence persistence = database.open()) {
            persistence.migrate();
            assertThat(persistence.projection().position()).isEqualTo(7);
        }
    }

    @Test
    void aLedgerWithARowForEachTradeBecomesThatOfFillsTradesAndPostings() {
        TestDatabase database = TestDatabase.create();
        migrateTo("4", database);
        database.execute("SELECT begin_history_segment(1, 100, 1)");
        database.execute(
                "INSERT INTO fills (account_id, trade_id, order_id, price, quantity, notional, fee,"
                        + " sequence, time_nanos, side, liquidity, symbol, currency) VALUES"
                        + " (1, 1, 1, 5, 3, 15, -1, 9, 90, 1, 1, 'AAPL', 'USD'),"
                        + " (2, 1, 2, 5, 3, 15, 2, 9, 90, 2, 2, 'AAPL', 'USD')");
        database.execute(
                "INSERT INTO ledger (account_id, sequence, time_nanos, trade_id, cash,"
                        + " cash_balance, quantity, quantity_balance, kind, currency, symbol,"
                        + " reference) VALUES"
                        + " (1, 4, 40, NULL, 50, 50, NULL, NULL, 3, 'USD', NULL, 'gift'),"
                        + " (-1, 4, 40, NULL, -50, NULL, NULL, NULL, 3, 'USD', NULL, 'gift'),"
                        + " (1, 9, 90, 1, -14, 36, 3, 3, 1, 'USD', 'AAPL', NULL),"
                        + " (2, 9, 90, 1, 13, 13, -3, -3, 1, 'USD', 'AAPL', NULL),"
                        + " (0, 9, 90, 1, 1, 1, NULL, NULL, 2, 'USD', NULL, NULL)");
        database.execute(
                "INSERT INTO trades (trade_id, price, quantity, sequence, time_nanos, taker_side,"
                        + " symbol) VALUES (1, 5, 3, 9, 90, 2, 'AAPL')");
        database.execute(
                "INSERT INTO closed_orders (account_id, order_id, quantity, price, stop_price,"
                        + " trail_amount, display_quantity, expires_at_nanos, filled_quantity,"
                        + " filled_notional, fees, created_at_nanos, updated_at_nanos, sequence,"
                        + " side, order_type, time_in_force, self_trade_prevention, status,"
                        + " post_only, symbol)"
                        + " VALUES (2, 2, 3, 5, 0, 0, 0, 0, 3, 15, 2, 80, 90, 9, 2, 1, 1, 1, 4,"
                        + " false, 'AAPL')");
        String ledger = ProjectedTables.select("ledger", 0) + " ORDER BY 1, 2, 4";
        List<String> before = database.rows(ledger);

        try (Persistence persistence = database.open()) {
            persistence.migrate();
        }

        assertThat(before).hasSize(5);
        assertThat(database.rows(ledger)).isEqualTo(before);
        assertThat(database.number("SELECT count(*) FROM postings_from_1")).isEqualTo(2);
        assertThat(database.rows("SELECT account_id FROM fills WHERE completes_order"))
                .containsExactly("2");
    }

    @Test
    void whereHistoryBeganBecomesABoundOfWhatIsOlder() {
        TestDatabase database = TestDatabase.create();
        migrateTo("6", database);
        database.execute(
                "INSERT INTO history_segments (first_sequence, end_sequence, begun_at_nanos) VALUES"
                        + " (1, 100, 10), (100, 200, 20), (200, 300, 30)");

        try (Persistence persistence = database.open()) {
            persistence.migrate();
        }

        String bounds = "SELECT begun_at_nanos FROM history_segments ORDER BY first_sequence";
        assertThat(database.rows(bounds + " LIMIT 2")).containsExactly("20", "30");
        assertThat(database.number(bounds + " DESC LIMIT 1"))
                .isGreaterThan(1_700_000_000_000_000_000L);
    }

    @Test
    void whatIsThereAlreadyIsMarkedByTime() {
        TestDatabase database = TestDatabase.create();
        migrateTo("13", database);
        database.execute("SELECT begin_history_segment(1, 9000, 1)");
        database.execute(
                "INSERT INTO trades (trade_id, price, quantity, sequence, time_nanos, taker_side,"
                        + " symbol) SELECT n, 5, 3, n + 4000, n * 10, 2, 'AAPL'"
                        + " FROM generate_series(999, 2001) n");
        database.execute(
                "INSERT INTO open_orders (account_id, order_id, quantity, price, stop_price,"
                        + " trail_amount, display_quantity, expires_at_nanos, filled_quantity,"
                        + " filled_notional, fees, created_at_nanos, updated_at_nanos, sequence,"
                        + " side, order_type, time_in_force, self_trade_prevention, status,"
                        + " post_only, symbol)"
                        + " SELECT 2, n, 3, 5, 0, 0, 0, 0, 0, 0, 0, n * 7, 90, 9, 2, 1, 1, 1, 1,"
                        + " false, 'AAPL' FROM generate_series(2999, 3001) n");

        try (Persistence persistence = database.open()) {
            persistence.migrate();
        }

        assertThat(database.rows("SELECT key_kind, key, time_nanos FROM time_marks ORDER BY 1, 2"))
                .containsExactly("1|5000|10000", "1|6000|20000", "2|3000|21000");
    }

    @Test
    void ofAPositionThatIsThereAlreadyTheTimeIsNotKnown() {
        TestDatabase database = TestDatabase.create();
        migrateTo("17", database);
        database.execute("UPDATE projection_position SET sequence = 7");

        try (Persistence persistence = database.open()) {
            persistence.migrate();
            try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
                assertThat(leadership.position()).isEqualTo(7);
                assertThat(leadership.positionTimeNanos()).isZero();
            }
        }
    }

    private static void migrateTo(String version, TestDatabase database) {
        PersistenceSettings settings = database.settings();
        Flyway.configure(MigrationTest.class.getClassLoader())
                .dataSource(settings.url(), settings.user(), settings.password())
                .locations("classpath:io/outcry/persistence/migration")
                .table("outcry_schema_history")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void noForeignKeyOrUniqueIndexCrossesAccounts() {
        TestDatabase database = TestDatabase.migrated();
        assertThat(database.number("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
                .isZero();
        assertThat(
                        database.number(
                                """
                                SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                                JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'public' AND i.indisunique
                                AND c.relname NOT IN ('users', 'instruments', 'projection_position',
                                                      'outcry_schema_history', 'history_segments', 'time_marks',
                                                      'sessions', 'sign_in_failures', 'api_keys',
                                                      'audit_log', 'second_factors')
                                AND pg_get_indexdef(i.indexrelid, 1, true)
                                    NOT IN ('account_id', 'symbol')
                                """))
                .isZero();
    }
}
