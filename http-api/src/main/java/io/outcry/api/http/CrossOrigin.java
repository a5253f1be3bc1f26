package io.outcry.api.http;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** Lets pages of some other origins call, with tokens that they hold; there are no cookies. */
final class CrossOrigin {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private CrossOrigin() {}

    static Handler before(Handler next, Set<String> origins) {
        CrossOriginHandler handler = new CrossOriginHandler();
        handler.setAllowedOriginPatterns(
                origins.stream().map(Pattern::quote).collect(Collectors.toSet()));
        handler.setAllowedMethods(Set.of("GET", "POST", "PATCH", "DELETE"));
        handler.setAllowedHeaders(
                Set.of(
                        "Authorization",
                        "Content-Type",
                        "Outcry-Key",
                        "Outcry-Timestamp",
                        "Outcry-Signature"));
        handler.setExposedHeaders(
                Set.of(
                        "Retry-After",
                        "X-Request-Id",
                        "X-RateLimit-Limit",
                        "X-RateLimit-Remaining",
                        "X-RateLimit-Reset",
                        "Outcry-Duplicate",
                        "Outcry-Projection-Sequence",
                        "Warning",
                        "Location",
                        "Content-Disposition"));
        // Decided on before, by SocketOrigins.
        handler.setDeliverNonAllowedOriginWebSocketUpgradeRequests(true);
        handler.setAllowCredentials(false);
        handler.setDeliverPreflightRequests(false);
        handler.setPreflightMaxAge(REMEMBERED);
        handler.setHandler(next);
        return handler;
    }
}
