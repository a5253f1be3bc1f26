package io.outcry.api.http;

import io.javalin.http.HandlerType;
import io.outcry.api.http.Route.Access;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.Limits;
import io.outcry.api.limit.Limits.Standing;
import org.jspecify.annotations.Nullable;

/** Counts one route's requests by account, or by address where nobody is signed in. Immutable. */
final class RouteLimit {
    private final Limits limits;
    private final ClientAddress addresses;
    private final LimitClass counted;

    private RouteLimit(Limits limits, ClientAddress addresses, LimitClass counted) {
        this.limits = limits;
        this.addresses = addresses;
        this.counted = counted;
    }

    /** Null when the route has no limit. */
    static @Nullable RouteLimit of(Route route, Limits limits, ClientAddress addresses) {
        LimitClass counted = kind(route);
        return counted == null || !limits.limited(counted)
                ? null
                : new RouteLimit(limits, addresses, counted);
    }

    private static @Nullable LimitClass kind(Route route) {
        return switch (route.access()) {
            case PROBE, ADMIN -> null;
            case READ, ANY, SESSION -> LimitClass.READS;
            case TRADE ->
                    route.method().equals(HandlerType.DELETE)
                            ? LimitClass.CANCELS
                            : LimitClass.ORDERS;
            case PUBLIC ->
                    switch (route.path()) {
                        case "/api/auth/register" -> LimitClass.REGISTRATIONS;
                        case "/api/auth/login", "/api/auth/refresh" -> LimitClass.SIGN_INS;
                        default -> LimitClass.PUBLIC;
                    };
        };
    }

    /**
     * Counts a request.
     *
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED
     */
    void admit(Exchange exchange, Access access) {
        if (access == Access.PUBLIC) {
            tell(exchange, limits.admit(counted, addresses.site(exchange)));
        } else {
            Caller caller = exchange.caller();
            tell(exchange, limits.admit(counted, caller.accountId(), caller.tier()));
        }
    }

    /**
     * Counts an account's request as more than the one that it was counted as.
     *
     * @param member of its body that holds as many objects as it counts for
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED, INVALID_FIELD
     */
    void admitMore(Exchange exchange, String member, long more) {
        Caller caller = exchange.caller();
        tell(exchange, limits.admitMore(counted, caller.accountId(), caller.tier(), member, more));
    }

    private static void tell(Exchange exchange, @Nullable Standing standing) {
        if (standing != null) {
            exchange.addHeader("X-RateLimit-Limit", Long.toString(standing.limit()));
            exchange.addHeader("X-RateLimit-Remaining", Long.toString(standing.remaining()));
            exchange.addHeader("X-RateLimit-Reset", Long.toString(standing.resetSeconds()));
        }
    }
}
