package io.outcry.engineclient;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Outcome;
import io.outcry.engine.v1.Command;
import io.outcry.engineclient.CommandQueue.Share;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which queue, and so which session, an account's commands take: cancels one of their own, where
 * they wait behind no orders, all else the other. But as long as commands of an account are
 * unanswered, what comes next for it takes the queue that they took: so the engine sequences an
 * account's commands in the order in which they were submitted, and nothing overtakes the placing
 * of an order that it may be about. Thread-safe.
 */
final class Lanes {
    private final CommandQueue orders;
    private final CommandQueue cancels;
    private final Map<AccountId, Lane> underWay = new ConcurrentHashMap<>();

    /** Where commands of an account are unanswered, and how many. */
    private record Lane(CommandQueue queue, int count) {}

    Lanes(CommandQueue orders, CommandQueue cancels) {
        this.orders = orders;
        this.cancels = cancels;
    }

    /** Submits what changes something: what comes after it for that account stays behind it. */
    <T> CompletableFuture<Outcome<T>> submit(
            AccountId accountId, Command.Builder command, Share share, ResultDecoder<T> decoder) {
        Lane lane =
                underWay.compute(
                        accountId,
                        (id, now) ->
                                now == null
                                        ? new Lane(free(share), 1)
                                        : new Lane(now.queue(), now.count() + 1));
        return lane.queue().submit(command, share, decoder, () -> leave(accountId));
    }

    /** Submits what only reads: it comes after all of the account that is unanswered. */
    <T> CompletableFuture<Outcome<T>> read(
            AccountId accountId, Command.Builder command, Share share, ResultDecoder<T> decoder) {
        Lane lane = underWay.get(accountId);
        CommandQueue queue = lane == null ? free(share) : lane.queue();
        return queue.submit(command, share, decoder, () -> {});
    }

    /** Without a session for orders nobody knows what of them may still come to the engine. */
    private CommandQueue free(Share share) {
        return share == Share.ALL && orders.isOpen() && cancels.isOpen() ? cancels : orders;
    }

    private void leave(AccountId accountId) {
        underWay.computeIfPresent(
                accountId,
                (id, now) -> now.count() == 1 ? null : new Lane(now.queue(), now.count() - 1));
    }
}
