package io.outcry.api.ws;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which channels a connection's client follows. For one thread at a time, but for {@link #everAny}.
 */
final class FollowedChannels {
    private static final int MOST = 64;

    private final MarketHub market;
    private final AccountHub accounts;
    private final ShownCaller caller;
    private final Follower client;
    private final Follower privateClient;

    /** With the following of each that is private. */
    private final Map<Channel, Optional<AccountFollowing>> channels = new LinkedHashMap<>();

    private boolean ended;
    private volatile boolean everAny;

    /**
     * Follows none yet.
     *
     * @param client who is told what is everyone's business
     * @param privateClient who is told what is the caller's alone
     */
    FollowedChannels(
            MarketHub market,
            AccountHub accounts,
            ShownCaller caller,
            Follower client,
            Follower privateClient) {
        this.market = market;
        this.accounts = accounts;
        this.caller = caller;
        this.client = client;
        this.privateClient = privateClient;
    }

    /** Whether any was ever followed. Safe to be called by any thread. */
    boolean everAny() {
        return everAny;
    }

    /**
     * Follows more channels, and tells the client so.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD, FORBIDDEN
     */
    void subscribe(Request request) {
        if (request.channels().isEmpty()) {
            throw invalid("is required");
        }
        Set<Channel> added = new LinkedHashSet<>(request.channels());
        added.removeAll(channels.keySet());
        if (added.stream().anyMatch(channel -> channel.kind().isPrivate())) {
            caller.requireReader();
        }
        if (channels.size() + added.size() > MOST) {
            throw invalid("must be at most " + MOST + " in all");
        }
        client.hear(Messages.done("subscribed", request.id(), added));
        for (Channel channel : added) {
            if (!ended) {
                channels.put(channel, follow(channel, request.after()));
                everAny = true;
            }
        }
    }

    private static RuntimeException invalid(String reason) {
        return Problem.ofField(ErrorCode.INVALID_FIELD, "channels", reason).toException();
    }

    private Optional<AccountFollowing> follow(Channel channel, @Nullable Long after) {
        if (channel.kind().isPrivate()) {
            return Optional.of(
                    accounts.follow(
                            caller.requireReader().accountId(), channel, privateClient, after));
        }
        market.follow(channel, client);
        return Optional.empty();
    }

    /** Follows channels no longer, and tells the client so. */
    void unsubscribe(Request request) {
        Set<Channel> left = new LinkedHashSet<>(request.channels());
        left.retainAll(channels.keySet());
        left.forEach(this::leave);
        client.hear(Messages.done("unsubscribed", request.id(), left));
    }

    private void leave(Channel channel) {
        Optional<AccountFollowing> following = channels.remove(channel);
        if (following != null && following.isPresent()) {
            accounts.leave(following.get());
        } else {
            market.leave(channel, client);
        }
    }

    /** Follows nothing any more. */
    void end() {
        ended = true;
        Set.copyOf(channels.keySet()).forEach(this::leave);
    }
}
