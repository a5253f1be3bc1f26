package io.outcry.persistence;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.account.AccountChange.Kind;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of events makes of accounts, balances apart. No I/O. For one thread. */
final class AccountFold {
    private final Map<AccountId, Event.AccountOpened> opened = new LinkedHashMap<>();
    private final Map<AccountId, Long> shortLimits = new HashMap<>();
    private final Map<AccountId, Boolean> suspensions = new HashMap<>();
    private final List<AccountChange> changes = new ArrayList<>();

    /** Whether the event is about an account. */
    boolean apply(Event event) {
        if (event instanceof Event.AccountOpened e) {
            opened.put(e.accountId(), e);
            shortLimits.put(e.accountId(), e.shortLimit());
            changes.add(
                    new AccountChange(
                            e.accountId(),
                            e.sequence(),
                            e.timeNanos(),
                            Kind.OPENED,
                            e.shortLimit(),
                            null,
                            null));
        } else if (event instanceof Event.LimitsSet e) {
            shortLimits.put(e.accountId(), e.shortLimit());
            changes.add(
                    new AccountChange(
                            e.accountId(),
                            e.sequence(),
                            e.timeNanos(),
                            Kind.LIMITS_SET,
                            e.shortLimit(),
                            e.currency(),
                            e.creditLimit()));
        } else if (event instanceof Event.AccountSuspended e) {
            suspend(e.accountId(), event, Kind.SUSPENDED);
        } else if (event instanceof Event.AccountResumed e) {
            suspend(e.accountId(), event, Kind.RESUMED);
        } else {
            return false;
        }
        return true;
    }

    private void suspend(AccountId id, Event e, Kind kind) {
        suspensions.put(id, kind == Kind.SUSPENDED);
        changes.add(new AccountChange(id, e.sequence(), e.timeNanos(), kind, null, null, null));
    }

    Map<AccountId, Event.AccountOpened> opened() {
        return opened;
    }

    Map<AccountId, Long> shortLimits() {
        return shortLimits;
    }

    Map<AccountId, Boolean> suspensions() {
        return suspensions;
    }

    List<AccountChange> changes() {
        return changes;
    }
}
