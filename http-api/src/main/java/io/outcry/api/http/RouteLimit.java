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
     * Counts.
     *
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED
     */
    void admit(Exchange exchange, Access access, long uses) {
        Standing standing =
                access == Access.PUBLIC
                        ? limits.admit(counted, addresses.site(exchange), uses)
                        : limits.admit(
                                counted,
                                exchange.caller().accountId(),
                                exchange.caller().tier(),
                                uses);
        if (standing != null) {
            exchange.addHeader("X-RateLimit-Limit", Long.toString(standing.limit()));
            exchange.addHeader("X-RateLimit-Remaining", Long.toString(standing.remaining()));
            exchange.addHeader("X-RateLimit-Reset", Long.toString(standing.resetSeconds()));
        }
    }
}
