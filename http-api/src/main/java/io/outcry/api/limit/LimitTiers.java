package io.outcry.api.limit;

import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.store.User;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of each tier of account. Immutable.
 *
 * @param byTier of each tier those that are on; there is always a standard one, which also holds
 *     for accounts of a tier that is not here and for addresses
 */
public record LimitTiers(Map<String, Map<LimitClass, Limit>> byTier) {
    private static final Pattern TIER = Pattern.compile("([a-z0-9-]{1,32})((?: +[a-z]+=\\S+)+)");
    private static final Pattern SETTING = Pattern.compile("([a-z]+)=(\\S+)");
    private static final Map<String, LimitClass> NAMES =
            Map.of(
                    "orders", LimitClass.ORDERS,
                    "cancels", LimitClass.CANCELS,
                    "reads", LimitClass.READS);

    public LimitTiers {
        Map<String, Map<LimitClass, Limit>> copy = new HashMap<>();
        byTier.forEach((tier, limits) -> copy.put(tier, Map.copyOf(limits)));
        byTier = Map.copyOf(copy);
    }

    /** One tier for all. */
    public static LimitTiers standard(Map<LimitClass, Limit> limits) {
        return new LimitTiers(Map.of(User.STANDARD, limits));
    }

    /**
     * This and the tiers of a setting such as {@code pro orders=200/s:400 reads=off; maker
     * orders=off}; what a tier does not name is as in the standard one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public LimitTiers and(String text) {
        Map<String, Map<LimitClass, Limit>> all = new HashMap<>(byTier);
        for (String tier : text.isBlank() ? new String[0] : text.split(";", -1)) {
            Matcher parts = TIER.matcher(tier.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "must be such as pro orders=200/s:400 cancels=off; maker orders=off");
            }
            if (all.put(parts.group(1), limits(parts.group(1), parts.group(2))) != null) {
                throw new IllegalArgumentException("names " + parts.group(1) + " twice");
            }
        }
        return new LimitTiers(all);
    }

    private Map<LimitClass, Limit> limits(String tier, String settings) {
        Map<LimitClass, Limit> limits = new EnumMap<>(LimitClass.class);
        limits.putAll(of(User.STANDARD));
        Set<String> named = new HashSet<>();
        Matcher each = SETTING.matcher(settings);
        while (each.find()) {
            if (!named.add(each.group(1))) {
                throw new IllegalArgumentException(tier + " names " + each.group(1) + " twice");
            }
            LimitClass limited = NAMES.get(each.group(1));
            if (limited == null) {
                throw new IllegalArgumentException(
                        each.group(1) + " must be orders, cancels or reads");
            }
            Limit limit = LimitText.parse(limited, each.group(2));
            if (limit == null) {
                limits.remove(limited);
            } else {
                // Its own name, since an account that changes tiers is counted anew.
                limits.put(
                        limited,
                        new Limit(
                                limit.name() + "-" + tier,
                                limit.permits(),
                                limit.period(),
                                limit.burst()));
            }
        }
        return limits;
    }

    /** Of an account of that tier. */
    public Map<LimitClass, Limit> of(String tier) {
        Map<LimitClass, Limit> own = byTier.get(tier);
        return own == null ? byTier.getOrDefault(User.STANDARD, Map.of()) : own;
    }

    public Set<String> names() {
        return byTier.keySet();
    }
}
