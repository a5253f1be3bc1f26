package io.outcry.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.store.User;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTiersTest {
    private static final Limit ORDERS = LimitText.parse(LimitClass.ORDERS, "50/s:100");
    private static final Limit READS = LimitText.parse(LimitClass.READS, "5/s:10");
    private static final LimitTiers STANDARD =
            LimitTiers.standard(Map.of(LimitClass.ORDERS, ORDERS, LimitClass.READS, READS));

    @Test
    void aTierHasWhatItNamesAndElseTheStandardLimits() {
        LimitTiers tiers = STANDARD.and("pro orders=200/s:400 cancels=9/s; maker  orders=off");

        assertThat(tiers.names()).containsExactlyInAnyOrder(User.STANDARD, "pro", "maker");
        assertThat(tiers.of(User.STANDARD)).isEqualTo(STANDARD.of(User.STANDARD));
        assertThat(tiers.of("pro").get(LimitClass.ORDERS).burst()).isEqualTo(400);
        assertThat(tiers.of("pro").get(LimitClass.CANCELS).permits()).isEqualTo(9);
        assertThat(tiers.of("pro")).containsEntry(LimitClass.READS, READS);
        assertThat(tiers.of("maker")).isEqualTo(Map.of(LimitClass.READS, READS));
    }

    @Test
    void anUnknownTierIsAsGoodAsTheStandardOne() {
        assertThat(STANDARD.of("gone")).isEqualTo(STANDARD.of(User.STANDARD));
    }

    @Test
    void aTiersLimitIsCountedApart() {
        assertThat(STANDARD.and("pro orders=200/s").of("pro").get(LimitClass.ORDERS).name())
                .isNotEqualTo(ORDERS.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pro",
                "pro orders",
                "Pro orders=1/s",
                "pro orders=1/day",
                "pro public=1/s",
                "pro orders=1/s;",
                "standard orders=1/s",
                "pro orders=1/s; pro reads=1/s",
                "pro orders=1/s orders=9/s"
            })
    void whatIsNoTierIsRefused(String text) {
        assertThatThrownBy(() -> STANDARD.and(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
