package io.outcry.domain.account;

import java.util.List;

/** Hears the updates of accounts, by one thread at a time; calls must return soon. */
public interface AccountListener {

    /** Updates of one account, in their order. */
    void onUpdates(AccountId accountId, List<AccountUpdate> updates);

    /** Updates are heard from here on; what came before may have been missed. */
    void onConnected();

    /** No updates are heard from here on. */
    void onDisconnected();
}
