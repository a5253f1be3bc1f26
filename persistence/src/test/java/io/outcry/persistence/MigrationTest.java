package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
                                                      'outcry_schema_history', 'history_segments',
                                                      'sessions', 'sign_in_failures', 'api_keys',
                                                      'audit_log', 'second_factors')
                                AND pg_get_indexdef(i.indexrelid, 1, true)
                                    NOT IN ('account_id', 'symbol')
                                """))
                .isZero();
    }
}
