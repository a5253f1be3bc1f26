package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.access.TokenRevocations;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas at one Redis. */
class SharedStateTest {
    private static final Limit TEN = new Limit("orders", 10, Duration.ofMinutes(10), 10);
    private static final AccountId ALICE = new AccountId(1);
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private TestRedis redis;
    private RedisCache here;
    private RedisCache there;

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        here = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        there = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        redis.close();
    }

    @Test
    void replicasShareALimitAndSayWhenToComeBack() {
        RateLimiter one = here.rateLimiter(2);
        RateLimiter other = there.rateLimiter(2);
        for (int i = 0; i < 5; i++) {
            assertThat(one.tryAcquire("alice", TEN).allowed()).isTrue();
            assertThat(other.tryAcquire("alice", TEN).allowed()).isTrue();
        }
        Decision refused = one.tryAcquire("alice", TEN);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(one.tryAcquire("bob", TEN).allowed()).isTrue();
        assertThat(one.tryAcquire("alice", new Limit("reads", 1, TWO_SECONDS, 1)).allowed())
                .isTrue();
    }

    @Test
    void permitsComeBackWithTime() {
        RateLimiter limiter = here.rateLimiter(1);
        Limit quick = new Limit("quick", 20, Duration.ofSeconds(1), 1);
        assertThat(limiter.tryAcquire("alice", quick).allowed()).isTrue();
        assertThat(limiter.tryAcquire("alice", quick).allowed()).isFalse();
        await().atMost(TWO_SECONDS).until(() -> limiter.tryAcquire("alice", quick).allowed());
    }

    @Test
    void whileRedisIsFrozenAReplicaGivesOutItsShareAndNoMore() {
        RateLimiter limiter = here.rateLimiter(2);
        redis.freeze();
        try {
            long start = System.nanoTime();
            long allowed = 0;
            for (int i = 0; i < 1_000; i++) {
                allowed += limiter.tryAcquire("alice", TEN).allowed() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(5);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TWO_SECONDS);
        } finally {
            redis.thaw();
        }
    }

    @Test
    void aRevokedTokenIsRevokedOnEveryReplicaAndStaysSoWhenRedisLosesIt() {
        TokenRevocations one = here.revocations();
        TokenRevocations other = there.revocations();
        assertThat(other.revoked("token")).isFalse();
        one.revoke("token", Instant.now().plusSeconds(600));
        assertThat(other.revoked("token")).isTrue();

        redis.flushAll();
        assertThat(one.revoked("token")).isTrue();
        assertThat(other.revoked("token")).isTrue();
        try (RedisCache third = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC())) {
            await().atMost(TWO_SECONDS).until(() -> third.revocations().revoked("token"));
        }
    }

    @Test
    void aTokenRevokedWhileRedisIsFrozenIsRevokedEverywhereOnceItThaws() {
        redis.freeze();
        try {
            here.revocations().revoke("token", Instant.now().plusSeconds(600));
            assertThat(here.revocations().revoked("token")).isTrue();
            assertThatThrownBy(() -> there.revocations().revoked("other"))
                    .isInstanceOf(CacheUnavailableException.class);
        } finally {
            redis.thaw();
        }
        await().ignoreException(CacheUnavailableException.class)
                .until(() -> there.revocations().revoked("token"));
    }

    @Test
    void aTokenThatHasExpiredIsForgotten() {
        here.revocations().revoke("token", Instant.now().plusMillis(200));
        assertThat(there.revocations().revoked("token")).isTrue();
        try (RedisCache third = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC())) {
            await().atMost(TWO_SECONDS).until(() -> !third.revocations().revoked("token"));
        }
    }

    @Test
    void endedOrdersAreFoundByTheirOwnersAloneAndOpenOnesAreNotKept() {
        Order ended = order(7, OrderStatus.CANCELED, new ClientOrderId("mine"));
        Order open = order(8, OrderStatus.NEW, null);
        Order plain = order(9, OrderStatus.FILLED, null);
        here.orders().put(ended);
        here.orders().put(open);
        here.orders().put(plain);

        assertThat(there.orders().find(ALICE, ended.id())).contains(ended);
        assertThat(there.orders().find(ALICE, plain.id())).contains(plain);
        assertThat(there.orders().find(ALICE, open.id())).isEmpty();
        assertThat(there.orders().find(new AccountId(2), ended.id())).isEmpty();
    }

    @Test
    void aDeadRedisFindsAndKeepsNoOrders() {
        Order ended = order(7, OrderStatus.FILLED, null);
        redis.kill();
        here.orders().put(ended);
        assertThat(here.orders().find(ALICE, ended.id())).isEmpty();
    }

    private static Order order(long id, OrderStatus status, ClientOrderId clientOrderId) {
        OrderTerms terms =
                new OrderTerms(
                        ALICE,
                        new Symbol("AAPL"),
                        Side.SELL,
                        OrderType.STOP_LIMIT,
                        TimeInForce.GTD,
                        100,
                        15_000,
                        14_000,
                        0,
                        10,
                        1_700_000_000_000_000_000L,
                        true,
                        SelfTradePrevention.DECREMENT,
                        clientOrderId);
        CancelReason reason = status == OrderStatus.CANCELED ? CancelReason.SELF_TRADE : null;
        return new Order(new OrderId(id), terms, status, reason, 40, 600_000, -3, 1, 2, 3);
    }
}
