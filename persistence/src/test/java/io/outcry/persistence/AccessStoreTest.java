package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.ApiKeyStore.Algorithm;
import io.outcry.domain.store.ApiKeyStore.ApiKey;
import io.outcry.domain.store.ApiKeyStore.Scope;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.SessionStore.NewSession;
import io.outcry.domain.store.SessionStore.Renewal.Result;
import io.outcry.domain.store.UserStore.Registration.Registered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions, API keys and the audit log. */
class AccessStoreTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final UUID USER = UUID.randomUUID();
    private static final NewUser NEW_USER = new NewUser("ann", "ann@example.com", null, "hash");
    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private Persistence persistence;
    private SessionStore sessions;
    private ApiKeyStore keys;
    private UUID signedIn;

    @BeforeEach
    void open() {
        persistence = TestDatabase.migrated().open();
        sessions = persistence.sessions();
        keys = persistence.apiKeys();
        signedIn = ((Registered) persistence.users().add(NEW_USER)).user().id();
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    private UUID begun() {
        UUID id = UUID.randomUUID();
        NewSession session =
                new NewSession(
                        id,
                        signedIn,
                        FIRST,
                        "192.0.2.7",
                        NOW.plusSeconds(60),
                        NOW.plusSeconds(600));
        assertThat(sessions.begin(session, NEW_USER.passwordHash())).isTrue();
        return id;
    }

    private Result renewed(UUID id, String from, String to, Instant at) {
        return sessions.renew(id, from, to, at, at.plusSeconds(60)).result();
    }

    @Test
    void aSecretIsGoodOnceAndItsReuseEndsTheSession() {
        UUID id = begun();

        assertThat(sessions.renew(id, FIRST, SECOND, NOW, NOW.plusSeconds(60)).userId())
                .isEqualTo(signedIn);
        assertThat(renewed(id, FIRST, SECOND, NOW)).isEqualTo(Result.REUSED);
        assertThat(renewed(id, SECOND, FIRST, NOW)).isEqualTo(Result.UNKNOWN);
        assertThat(sessions.endedSince(NOW)).contains(id);
        assertThat(sessions.endedSince(NOW.plusSeconds(1))).doesNotContain(id);
    }

    @Test
    void aSessionEndsWhenItIsIdleOrOldOrEnded() {
        UUID idle = begun();
        UUID old = begun();
        UUID ended = begun();

        assertThat(renewed(idle, FIRST, SECOND, NOW.plusSeconds(60))).isEqualTo(Result.UNKNOWN);
        for (int i = 1; i <= 11; i++) {
            String from = i % 2 == 1 ? FIRST : SECOND;
            String to = i % 2 == 1 ? SECOND : FIRST;
            assertThat(renewed(old, from, to, NOW.plusSeconds(50L * i))).isEqualTo(Result.RENEWED);
        }
        assertThat(renewed(old, SECOND, FIRST, NOW.plusSeconds(600))).isEqualTo(Result.UNKNOWN);
        assertThat(sessions.end(ended, NOW)).isTrue();
        assertThat(sessions.end(ended, NOW)).isFalse();
        assertThat(renewed(ended, FIRST, SECOND, NOW)).isEqualTo(Result.UNKNOWN);
    }

    @Test
    void ofManyWhoRenewAtOnceOneSucceeds() throws Exception {
        UUID id = begun();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Result>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String to = "other " + i;
            results.add(threads.submit(() -> renewed(id, FIRST, to, NOW)));
        }
        int renewed = 0;
        for (Future<Result> result : results) {
            renewed += result.get() == Result.RENEWED ? 1 : 0;
        }
        threads.shutdown();
        assertThat(renewed).isEqualTo(1);
    }

    @Test
    void failuresCostNothingAtFirstAndThenDoubleUpToABound() {
        Duration longest = Duration.ofSeconds(5);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(sessions.failed("s", 2, longest, NOW).toSeconds());
        }

        assertThat(waits).containsExactly(0L, 0L, 1L, 2L, 4L, 5L, 5L);
        assertThat(sessions.mustWait("s", NOW)).isEqualTo(longest);
        assertThat(sessions.mustWait("s", NOW.plusSeconds(5))).isEqualTo(Duration.ZERO);
        sessions.succeeded("s");
        assertThat(sessions.mustWait("s", NOW)).isEqualTo(Duration.ZERO);
        assertThat(sessions.failed("s", 2, longest, NOW)).isEqualTo(Duration.ZERO);
    }

    @Test
    void addressesThatAUserCameFromAreKnownUntilPruned() {
        begun();

        assertThat(sessions.hasSignedInFrom(signedIn, "192.0.2.7")).isTrue();
        assertThat(sessions.hasSignedInFrom(signedIn, "192.0.2.8")).isFalse();
        sessions.prune(NOW.plusSeconds(601));
        assertThat(sessions.hasSignedInFrom(signedIn, "192.0.2.7")).isFalse();
    }

    private static ApiKey key(UUID user) {
        return new ApiKey(
                UUID.randomUUID(),
                user,
                new AccountId(7),
                "robot",
                Algorithm.HMAC_SHA256,
                Set.of(Scope.TRADE),
                "sealed",
                List.of("192.0.2.0/24", "::1"),
                NOW);
    }

    @Test
    void aKeyIsFoundAsAddedUntilItIsDeletedByItsOwner() {
        ApiKey key = key(USER);
        assertThat(keys.add(key, 1)).isTrue();
        assertThat(keys.add(key(USER), 1)).isFalse();

        ApiKey found = keys.find(key.id()).orElseThrow();

        assertThat(found.verifier()).isEqualTo(key.verifier());
        assertThat(found.scopes()).isEqualTo(key.scopes());
        assertThat(found.addresses()).isEqualTo(key.addresses());
        assertThat(found.algorithm()).isEqualTo(key.algorithm());
        assertThat(keys.of(USER)).hasSize(1);
        assertThat(keys.delete(UUID.randomUUID(), key.id(), NOW)).isFalse();
        assertThat(keys.delete(USER, key.id(), NOW)).isTrue();
        assertThat(keys.find(key.id())).isEmpty();
        assertThat(keys.deletedSince(NOW)).contains(key.id());
        assertThat(keys.add(key(USER), 1)).isTrue();
    }

    @Test
    void aCodeIsGoodOnceAndConfirmsItsFactor() {
        SecondFactorStore factors = persistence.secondFactors();
        UUID user = UUID.randomUUID();

        assertThat(factors.begin(user, "a")).isTrue();
        assertThat(factors.begin(user, "b")).isTrue();
        assertThat(factors.findSecondFactor(user))
                .contains(new SecondFactorStore.SecondFactor("b", false));
        assertThat(factors.use(user, 7)).isFalse();
        assertThat(factors.confirm(user, "a", 7, List.of())).isFalse();
        assertThat(factors.confirm(user, "b", 7, List.of())).isTrue();
        assertThat(factors.confirm(user, "b", 8, List.of())).isFalse();
        assertThat(factors.use(user, 7)).isFalse();
        assertThat(factors.use(user, 6)).isFalse();
        assertThat(factors.use(user, 8)).isTrue();
        assertThat(factors.begin(user, "c")).isFalse();
        assertThat(factors.findSecondFactor(user))
                .contains(new SecondFactorStore.SecondFactor("b", true));
        assertThat(factors.remove(user)).isTrue();
        assertThat(factors.findSecondFactor(user)).isEmpty();
    }

    @Test
    void aRecoveryCodeIsGoodOnceAndUntilThereAreOthers() {
        SecondFactorStore factors = persistence.secondFactors();
        UUID user = UUID.randomUUID();
        assertThat(factors.begin(user, "a")).isTrue();
        assertThat(factors.replaceRecovery(user, List.of("x"))).isFalse();
        assertThat(factors.confirm(user, "a", 7, List.of("x", "y"))).isTrue();

        assertThat(factors.useRecovery(user, "z")).isFalse();
        assertThat(factors.useRecovery(UUID.randomUUID(), "x")).isFalse();
        assertThat(factors.useRecovery(user, "x")).isTrue();
        assertThat(factors.useRecovery(user, "x")).isFalse();
        assertThat(factors.replaceRecovery(user, List.of("z"))).isTrue();
        assertThat(factors.useRecovery(user, "y")).isFalse();
        assertThat(factors.useRecovery(user, "z")).isTrue();

        assertThat(factors.remove(user)).isTrue();
        assertThat(factors.useRecovery(user, "z")).isFalse();
    }

    @Test
    void theAuditLogIsReadNewestFirst() {
        AuditLog log = persistence.audit();
        for (int i = 0; i < 3; i++) {
            log.add(
                    new AuditLog.Entry(
                            NOW, "a", i == 1 ? "x" : "y", "s" + i, "d", "DONE", "::1", "r"));
        }

        List<AuditLog.Numbered> all = log.list(null, new Page(Long.MAX_VALUE, 2));
        List<AuditLog.Numbered> rest = log.list(null, new Page(all.get(1).id(), 2));

        assertThat(all).extracting(each -> each.entry().subject()).containsExactly("s2", "s1");
        assertThat(rest).extracting(each -> each.entry().subject()).containsExactly("s0");
        assertThat(log.list("x", new Page(Long.MAX_VALUE, 9))).hasSize(1);
        assertThat(all.get(0).entry().time()).isEqualTo(NOW);
    }
}
