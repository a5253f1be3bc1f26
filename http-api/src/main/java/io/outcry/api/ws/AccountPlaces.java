package io.outcry.api.ws;

import io.outcry.domain.account.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each account has here, within a limit. Safe for use by many threads. */
final class AccountPlaces {
    private final int most;
    private final Map<AccountId, Integer> taken = new ConcurrentHashMap<>();

    AccountPlaces(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Whether there was one left; then it must be given back, once. */
    boolean take(AccountId account) {
        int count = taken.merge(account, 1, Integer::sum);
        if (count > most) {
            giveBack(account);
        }
        return count <= most;
    }

    void giveBack(AccountId account) {
        taken.computeIfPresent(account, (of, count) -> count == 1 ? null : count - 1);
    }
}
