package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.access.Tickets;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountFanOutTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final TestRedis redis = TestRedis.start();
    private RedisCache cache;
    private AccountFanOut accounts;

    @BeforeEach
    void open() {
        cache = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        accounts = cache.accounts();
    }

    @AfterEach
    void close() {
        cache.close();
        redis.close();
    }

    private static AccountUpdate update(AccountId account, long sequence, long previous) {
        return new AccountUpdate(account, sequence, previous, "{\"n\":" + sequence + "}", null);
    }

    @Test
    void whatIsPublishedIsHeardAndKept() {
        HeardAccounts heard = new HeardAccounts();
        try (RedisCache.Subscription subscription = cache.listen(new HeardMarket(), heard)) {
            await().until(() -> heard.connections() == 1);
            List<AccountUpdate> told =
                    List.of(update(ALICE, 5, 3), update(BOB, 6, 1), update(ALICE, 7, 5));
            accounts.publish(told);
            await().until(() -> heard.updates().size() == 3);
            assertThat(heard.updates()).containsExactlyInAnyOrderElementsOf(told);
            assertThat(accounts.since(ALICE, 5)).contains(List.of(told.get(2)));
            assertThat(accounts.since(ALICE, 7)).contains(List.of());
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void theNextWriterGoesOnWhereTheLastHasEndedAndOnlyThere() {
        assertThat(accounts.takeOver(9)).isEmpty();
        accounts.handOver(9, Map.of(ALICE, 7L, BOB, 9L));
        assertThat(accounts.takeOver(9)).isEqualTo(Map.of(ALICE, 7L, BOB, 9L));
        assertThat(accounts.takeOver(9)).as("once").isEmpty();
        accounts.handOver(9, Map.of(ALICE, 7L));
        assertThat(accounts.takeOver(10)).as("something was not told").isEmpty();
    }

    @Test
    void whatCannotBeToldWithoutAGapIsNotTold() {
        assertThat(accounts.since(ALICE, 0)).isEmpty();
        accounts.publish(List.of(update(ALICE, 5, 3), update(ALICE, 9, 7)));
        assertThat(accounts.since(ALICE, 2)).isEmpty();
        assertThat(accounts.since(ALICE, 3)).isEmpty();
        assertThat(accounts.since(ALICE, 8)).isPresent();
        accounts.publish(
                List.of(new AccountUpdate(ALICE, 12, AccountUpdate.CHAIN_BEGINS, null, null)));
        assertThat(accounts.since(ALICE, 9)).isEmpty();
        assertThat(accounts.since(ALICE, 12)).isPresent();
    }

    @Test
    void whoIsWantedIsKnownToAll() {
        assertThat(accounts.wanted()).isEmpty();
        accounts.want(Set.of(ALICE));
        accounts.want(Set.of(BOB));
        assertThat(accounts.wanted()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void aTicketIsGoodOnce() {
        Tickets tickets = cache.tickets();
        tickets.leave("secret", "content", Duration.ofSeconds(30));
        assertThat(tickets.take("guess")).isEmpty();
        assertThat(tickets.take("secret")).contains("content");
        assertThat(tickets.take("secret")).isEmpty();
    }
}
