package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.SessionStore.NewSession;
import io.outcry.domain.store.SessionStore.Renewal.Result;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore.PasswordChange;
import io.outcry.domain.store.UserStore.Registration.Registered;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords replaced, and the sessions that end with them. */
class PasswordChangeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String OLD = "old hash";
    private static final String NEW = "new hash";
    private static final String SECRET = "secret";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;
    private Persistence persistence;
    private User user;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        persistence = database.open();
        user = added("ann");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        persistence.close();
    }

    private User added(String name) {
        NewUser added = new NewUser(name, name + "@example.com", null, OLD);
        return ((Registered) persistence.users().add(added)).user();
    }

    private boolean begin(UUID id, User of, String passwordHash) {
        NewSession session =
                new NewSession(
                        id,
                        of.id(),
                        SECRET,
                        "192.0.2.7",
                        NOW.plusSeconds(60),
                        NOW.plusSeconds(600));
        return persistence.sessions().begin(session, passwordHash);
    }

    private UUID begun(User of) {
        UUID id = UUID.randomUUID();
        assertThat(begin(id, of, OLD)).isTrue();
        return id;
    }

    private Optional<Set<UUID>> change(String from, String to, UUID kept) {
        return persistence
                .users()
                .changePassword(new PasswordChange(user.id(), from, to, kept, NOW));
    }

    private boolean lives(UUID session) {
        return persistence
                        .sessions()
                        .renew(session, SECRET, SECRET, NOW, NOW.plusSeconds(60))
                        .result()
                == Result.RENEWED;
    }

    @Test
    void theOtherSessionsOfTheUserEndWithTheOldPassword() {
        UUID kept = begun(user);
        UUID other = begun(user);
        UUID signedOut = begun(user);
        UUID others = begun(added("bob"));
        assertThat(persistence.sessions().end(signedOut, NOW)).isTrue();

        assertThat(change(OLD, NEW, kept)).contains(Set.of(other));

        assertThat(persistence.users().findById(user.id()).orElseThrow().passwordHash())
                .isEqualTo(NEW);
        assertThat(lives(kept)).isTrue();
        assertThat(lives(other)).isFalse();
        assertThat(lives(others)).isTrue();
        assertThat(persistence.sessions().endedSince(NOW)).contains(other).doesNotContain(kept);
    }

    @Test
    void whatIsNotByThePresentPasswordChangesNothingAndBeginsNoSession() {
        UUID kept = begun(user);
        UUID other = begun(user);

        assertThat(change("another hash", NEW, kept)).isEmpty();
        assertThat(lives(other)).isTrue();
        assertThat(change(OLD, NEW, kept)).isPresent();
        assertThat(change(OLD, "a third hash", kept)).isEmpty();
        assertThat(begin(UUID.randomUUID(), user, OLD)).isFalse();
        assertThat(begin(UUID.randomUUID(), user, NEW)).isTrue();
    }

    @Test
    void ofManyChangesAtOnceOneIsMade() throws Exception {
        List<Future<Optional<Set<UUID>>>> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String to = "hash " + i;
            changes.add(threads.submit(() -> change(OLD, to, UUID.randomUUID())));
        }
        Set<String> made = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).get().isPresent()) {
                made.add("hash " + i);
            }
        }
        assertThat(made)
                .containsExactly(
                        persistence.users().findById(user.id()).orElseThrow().passwordHash());
    }

    /** Something else holds the row, and both wait for it in either order. */
    @Test
    void noSessionByTheOldPasswordOutlivesAChangeAtTheSameTime() throws Exception {
        for (int round = 0; round < 4; round++) {
            boolean changeFirst = round % 2 == 0;
            user = added("user" + round);
            UUID session = UUID.randomUUID();
            Future<Optional<Set<UUID>>> change;
            Future<Boolean> begin;
            try (Connection lock = database.connect();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("SELECT FROM users FOR UPDATE");
                if (changeFirst) {
                    change = threads.submit(() -> change(OLD, NEW, UUID.randomUUID()));
                    awaitWaiting(1);
                    begin = threads.submit(() -> begin(session, user, OLD));
                } else {
                    begin = threads.submit(() -> begin(session, user, OLD));
                    awaitWaiting(1);
                    change = threads.submit(() -> change(OLD, NEW, UUID.randomUUID()));
                }
                awaitWaiting(2);
                lock.commit();
            }
            Set<UUID> ended = change.get(20, TimeUnit.SECONDS).orElseThrow();

            assertThat(ended.contains(session)).isEqualTo(begin.get(20, TimeUnit.SECONDS));
            assertThat(lives(session)).isFalse();
        }
    }

    /** Something else holds the row of the user or of the session, and both wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {"users", "sessions"})
    void noSessionThatIsJustBeginningOrRenewedOutlivesTheEndOfAll(String table) throws Exception {
        boolean begins = table.equals("users");
        UUID session = begins ? UUID.randomUUID() : begun(user);
        Future<Boolean> begin;
        Future<?> end;
        try (Connection lock = database.connect();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("SELECT FROM " + table + " FOR UPDATE");
            begin = threads.submit(() -> begins ? begin(session, user, OLD) : lives(session));
            awaitWaiting(1);
            end = threads.submit(() -> persistence.sessions().endAll(user.id(), NOW));
            awaitWaiting(2);
            lock.commit();
        }
        assertThat(begin.get(20, TimeUnit.SECONDS)).isTrue();
        end.get(20, TimeUnit.SECONDS);

        assertThat(lives(session)).isFalse();
        assertThat(persistence.sessions().endedSince(NOW)).contains(session);
    }

    private void awaitWaiting(int sessions) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(
                        () ->
                                database.number(
                                                "SELECT count(*) FROM pg_stat_activity WHERE"
                                                        + " datname = current_database()"
                                                        + " AND wait_event_type = 'Lock'")
                                        == sessions);
    }
}
