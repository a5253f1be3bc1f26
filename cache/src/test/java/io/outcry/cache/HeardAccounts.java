package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.account.AccountUpdate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was heard. Safe for use by many threads. */
final class HeardAccounts implements AccountListener {
    /** For tests that are about something else. */
    static final HeardAccounts NOBODY = new HeardAccounts();

    private final List<AccountUpdate> updates = new CopyOnWriteArrayList<>();
    private volatile int connections;

    List<AccountUpdate> updates() {
        return updates;
    }

    int connections() {
        return connections;
    }

    @Override
    public void onUpdates(AccountId accountId, List<AccountUpdate> heard) {
        updates.addAll(heard);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread calls.
    public void onConnected() {
        connections++;
    }

    @Override
    public void onDisconnected() {}
}
