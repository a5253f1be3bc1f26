package io.outcry.api.ws;

import io.outcry.api.json.Json;
import io.outcry.api.ws.Messages.Meaning;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's following of one private channel. While a snapshot is being read, what is heard
 * waits for it. Safe for use by many threads.
 */
final class AccountFollowing {
    private static final int MOST_WAITING = 10_000;

    private final AccountId account;
    private final Channel channel;
    private final Follower follower;

    // Guarded by this.
    /** Up to where nothing has been missed. */
    private long known;

    /** Sequence of the channel's last message. */
    private long last;

    /** What was heard meanwhile; null: nothing is waited for. */
    private @Nullable List<AccountUpdate> waiting = new ArrayList<>();

    private boolean lost;
    private boolean failed;

    /** Whether a start is under way, and whether another is wanted after it. */
    private boolean starting;

    private boolean startAgain;

    AccountFollowing(AccountId account, Channel channel, Follower follower) {
        this.account = account;
        this.channel = channel;
        this.follower = follower;
    }

    AccountId account() {
        return account;
    }

    Channel channel() {
        return channel;
    }

    /** Begins with a snapshot, also when there was one before. */
    synchronized void start(long sequence, Json.Body snapshot) {
        known = sequence;
        last = sequence;
        lost = false;
        follower.hear(Messages.ofChannel(channel, Meaning.SNAPSHOT, sequence, 0, snapshot));
        catchUp();
    }

    /** Begins with what came after that sequence, all of which is given. */
    synchronized void goOn(long after, List<AccountUpdate> missed) {
        known = after;
        last = after;
        missed.forEach(this::tell);
        follower.heardAll();
        catchUp();
    }

    private void catchUp() {
        List<AccountUpdate> heard = waiting;
        waiting = null;
        failed = heard != null && !hear(heard);
    }

    /** Whether all could be told; if not a snapshot is needed, and what is heard waits for it. */
    synchronized boolean hear(List<AccountUpdate> updates) {
        if (waiting != null) {
            if (waiting.size() > MOST_WAITING) {
                waiting.clear();
            }
            waiting.addAll(updates);
            return true;
        }
        for (AccountUpdate update : updates) {
            if (update.sequence() > known) {
                if (!update.follows(known)) {
                    lose();
                    return false;
                }
                tell(update);
            }
        }
        follower.heardAll();
        return true;
    }

    private void tell(AccountUpdate update) {
        known = update.sequence();
        String told = channel.kind() == Channel.Kind.ORDERS ? update.order() : update.balance();
        if (told != null) {
            String member = channel.kind() == Channel.Kind.ORDERS ? "order" : "change";
            follower.hearMore(
                    Messages.ofChannel(
                            channel,
                            Meaning.UPDATE,
                            update.sequence(),
                            last,
                            json -> {
                                json.writeFieldName(member);
                                json.writeRawValue(told);
                            }));
            last = update.sequence();
        }
    }

    /** Tells the client, once, that something may be missed until the next snapshot. */
    synchronized void lose() {
        if (waiting == null) {
            waiting = new ArrayList<>();
        }
        if (!lost) {
            lost = true;
            follower.hear(Messages.ofChannel(channel, Meaning.RESYNC, last, last, json -> {}));
        }
    }

    /** Whether a start is to be begun: while one is under way another is noted, and follows it. */
    synchronized boolean beginStart() {
        startAgain = starting;
        boolean begun = !starting;
        starting = true;
        return begun;
    }

    /**
     * Whether another start is wanted at once.
     *
     * @param succeeded otherwise the snapshot could not be had, and a later try is needed
     */
    synchronized boolean endStart(boolean succeeded) {
        starting = false;
        failed |= !succeeded;
        return startAgain;
    }

    /** Whether a start has failed, and none is under way. */
    synchronized boolean mustStartAnew() {
        return failed && !starting;
    }
}
