package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.UserStore.Registration;
import io.outcry.persistence.PersistenceSettings.Owner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two roles: one owns the schema, the other serves and projects. */
class RuntimeRoleTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final String SECRET = "only-for-this-test";

    private final TestDatabase database = TestDatabase.create();
    private final String owner = "owner_" + database.name();
    private final String runtime = "runtime_" + database.name();
    private PersistenceSettings settings;

    @BeforeEach
    void makeRoles() {
        database.execute("CREATE ROLE " + owner + " LOGIN PASSWORD '" + SECRET + "'");
        database.execute("CREATE ROLE " + runtime + " LOGIN PASSWORD '" + SECRET + "'");
        database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        database.execute("GRANT CREATE ON SCHEMA public TO " + owner);
        settings =
                PersistenceSettings.of(database.settings().url(), runtime, SECRET)
                        .withOwner(new Owner(owner, SECRET))
                        .withSegmentEvents(5);
        try (Persistence persistence = Persistence.open(settings)) {
            persistence.migrate();
        }
    }

    @AfterEach
    void dropRoles() {
        for (String role : new String[] {owner, runtime}) {
            database.execute("DROP OWNED BY " + role + " CASCADE");
            database.execute("DROP ROLE " + role);
        }
    }

    @Test
    void theRuntimeRoleServesAndProjectsOverManyPartitions() {
        try (Persistence persistence = Persistence.open(settings)) {
            project(persistence);
            assertThat(persistence.ledger().entries(ALICE, Page.first(10))).isNotEmpty();
            assertThat(
                            persistence
                                    .users()
                                    .add(new NewUser("alice", "alice@example.com", null, "hash")))
                    .isInstanceOf(Registration.Registered.class);
        }
        assertThat(database.number("SELECT count(*) FROM history_segments")).isGreaterThan(1);
    }

    @Test
    void theOwnerLooksAfterTheHistory() {
        try (Persistence persistence = Persistence.open(settings)) {
            project(persistence);
            assertThat(persistence.upkeep().dropHistory(Instant.parse("2200-01-01T00:00:00Z")))
                    .isNotEmpty();
            persistence.upkeep().empty();
            project(persistence);
        }
    }

    @Test
    void aReplicaThatDoesNotKnowTheOwnerStartsWhenTheSchemaIsThere() {
        PersistenceSettings alone =
                PersistenceSettings.of(database.settings().url(), runtime, SECRET);
        try (Persistence persistence = Persistence.open(alone)) {
            persistence.migrate();
            project(persistence);
        }
    }

    @Test
    void theOwnersFunctionHeedsNoTemporaryTableOfItsCaller() throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), runtime, SECRET);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE history_segments (LIKE history_segments)");
            statement.execute("GRANT INSERT ON history_segments TO " + owner);
            statement.execute("SELECT begin_history_segment(1000001, 1000006, 1)");
            assertThat(database.number("SELECT max(first_sequence) FROM history_segments"))
                    .isEqualTo(1_000_001);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine (a int)",
                "ALTER TABLE users ADD COLUMN a int",
                "DROP TABLE trades",
                "TRUNCATE postings",
                "CREATE INDEX mine ON fills (price)",
                "DELETE FROM outcry_schema_history",
                "CREATE OR REPLACE FUNCTION begin_history_segment(bigint, bigint, bigint)"
                        + " RETURNS void LANGUAGE sql AS 'SELECT'"
            })
    void theRuntimeRoleCannotAlterTheSchema(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), runtime, SECRET);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
    }

    private static void project(Persistence persistence) {
        Script script = new Script().instrument(AAPL).account(ALICE);
        for (int i = 0; i < 5; i++) {
            script.limit(ALICE, AAPL, Side.BUY, 10, 150, null);
        }
        script.add(
                new Event.CashAdjusted(
                        script.next(), 1_700_000_000_000_000_000L, ALICE, Script.USD, 5, "gift"));
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(script.take());
        }
    }
}
