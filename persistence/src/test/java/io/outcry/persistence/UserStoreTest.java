package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import io.outcry.domain.store.UserStore.Registration.EmailTaken;
import io.outcry.domain.store.UserStore.Registration.Registered;
import io.outcry.domain.store.UserStore.Registration.UsernameTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserStoreTest {
    private static final NewUser ALICE =
            new NewUser("alice", "alice@example.com", "Alice A.", "$argon2id$hash");

    private TestDatabase database;
    private Persistence persistence;
    private UserStore users;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        persistence = database.open();
        users = persistence.users();
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    @Test
    void aUserIsFoundAsAdded() {
        User added = ((Registered) users.add(ALICE)).user();

        assertThat(added.username()).isEqualTo("alice");
        assertThat(added.email()).isEqualTo("alice@example.com");
        assertThat(added.fullName()).isEqualTo("Alice A.");
        assertThat(added.passwordHash()).isEqualTo("$argon2id$hash");
        assertThat(added.role()).isEqualTo(User.Role.TRADER);
        assertThat(added.accountId().value()).isPositive();
        assertThat(users.findByUsername("alice")).contains(added);
        assertThat(users.findById(added.id())).contains(added);
    }

    @Test
    void nobodyIsGivenAnAccountThatTheEngineHasAlready() {
        long first = ((Registered) users.add(ALICE)).user().accountId().value();
        database.execute(
                "INSERT INTO accounts (account_id, suspended, short_limit, opened_at_nanos)"
                        + " SELECT id, false, 0, 0 FROM generate_series(%d, %d) AS id"
                                .formatted(first, first + 5));

        User next =
                ((Registered) users.add(new NewUser("bob", "bob@example.com", null, "h"))).user();

        assertThat(next.accountId().value()).isEqualTo(first + 6);
    }

    @Test
    void namesAndAddressesAreUniqueWithoutRegardToCase() {
        users.add(ALICE);

        assertThat(users.add(new NewUser("ALICE", "other@example.com", null, "h")))
                .isEqualTo(new UsernameTaken());
        assertThat(users.add(new NewUser("other", "Alice@Example.com", null, "h")))
                .isEqualTo(new EmailTaken());
        assertThat(users.findByUsername("Alice")).isPresent();
    }

    @Test
    void anAccountIsInTheStandardTierUntilItIsPutInAnother() {
        User added = ((Registered) users.add(ALICE)).user();

        assertThat(added.tier()).isEqualTo(User.STANDARD);
        assertThat(users.setTier(added.accountId(), "pro")).isTrue();
        assertThat(users.findById(added.id()).orElseThrow().tier()).isEqualTo("pro");
        assertThat(users.setTier(new AccountId(999_999), "pro")).isFalse();
    }

    @Test
    void unknownUsersAreNotFound() {
        assertThat(users.findByUsername("nobody")).isEmpty();
        assertThat(users.findById(new UUID(1, 2))).isEmpty();
    }

    @Test
    void registrationsAtOnceGetAccountsOfTheirOwnAndOneWinsAName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<UserStore.Registration>> registrations = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "user" + i / 2;
                String email = i + "@example.com";
                registrations.add(
                        threads.submit(() -> users.add(new NewUser(name, email, null, "h"))));
            }
            List<Long> accounts = new ArrayList<>();
            for (Future<UserStore.Registration> registration : registrations) {
                if (registration.get() instanceof Registered registered) {
                    accounts.add(registered.user().accountId().value());
                } else {
                    assertThat(registration.get()).isEqualTo(new UsernameTaken());
                }
            }
            assertThat(accounts).hasSize(20).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }
}
