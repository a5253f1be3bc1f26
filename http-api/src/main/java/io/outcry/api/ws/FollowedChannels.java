package io.outcry.api.ws;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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

    private final Map<Channel, Following> channels = new LinkedHashMap<>();

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
     * Follows more channels, and tells the client so: all of them, or none when one cannot be
     * followed.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD, FORBIDDEN, UNKNOWN_SYMBOL
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
        if (ended) {
            return;
        }
        Map<Channel, Following> more = new LinkedHashMap<>();
        try {
            added.forEach(channel -> more.put(channel, follow(channel, request.after())));
            client.hear(Messages.done("subscribed", request.id(), added));
            more.values().forEach(following -> following.begin().run());
        } catch (RuntimeException e) {
            more.values().forEach(following -> following.leave().run());
            throw e;
        }
        channels.putAll(more);
        everAny = true;
    }

    private static RuntimeException invalid(String reason) {
        return Problem.ofField(ErrorCode.INVALID_FIELD, "channels", reason).toException();
    }

    private Following follow(Channel channel, @Nullable Long after) {
        return channel.kind().isPrivate()
                ? accounts.follow(caller.requireReader().accountId(), channel, privateClient, after)
                : market.follow(channel, client);
    }

    /** Follows channels no longer, and tells the client so. */
    void unsubscribe(Request request) {
        Set<Channel> left = new LinkedHashSet<>(request.channels());
        left.retainAll(channels.keySet());
        left.forEach(this::leave);
        client.hear(Messages.done("unsubscribed", request.id(), left));
    }

    private void leave(Channel channel) {
        Following following = channels.remove(channel);
        if (following != null) {
            following.leave().run();
        }
    }

    /** Follows nothing any more. */
    void end() {
        ended = true;
        Set.copyOf(channels.keySet()).forEach(this::leave);
    }
}
