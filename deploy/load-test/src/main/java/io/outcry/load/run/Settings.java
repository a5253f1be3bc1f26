package io.outcry.load.run;

import io.outcry.load.flow.Mix;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does; checked when made.
 *
 * @param target the venue, plain http, without a path
 * @param clients each a user with one connection, 1 to 2,000
 * @param warmup before the measured time, reported apart
 * @param duration the measured time
 * @param ratePerSecond orders per second of all clients together; 0: back to back
 * @param symbols what to trade; empty: what the mix trades by default
 * @param timeout for one answer
 * @param registrationTimeout for one registration, password hashing and queue included
 * @param retry whether an order with an unknown outcome, or that was not taken, is sent again
 * @param retryFor how long after the end a retry may still go on
 * @param maxPause bound on what Retry-After may ask for
 * @param clientOrderIds whether orders carry a client order id
 * @param record where to write a line per acknowledged or unknown order; null: nowhere
 */
public record Settings(
        URI target,
        int clients,
        Duration warmup,
        Duration duration,
        Mix mix,
        long ratePerSecond,
        List<String> symbols,
        long seed,
        Duration timeout,
        Duration registrationTimeout,
        boolean retry,
        Duration retryFor,
        Duration maxPause,
        boolean clientOrderIds,
        @Nullable Path record) {
    private static final int MAX_CLIENTS = 2_000;
    private static final long MAX_RATE = 10_000_000;

    public Settings {
        symbols = symbols.isEmpty() ? mix.defaultSymbols() : List.copyOf(symbols);
        requireServer("target", target);
        require(clients >= 1 && clients <= MAX_CLIENTS, "clients must be 1 to " + MAX_CLIENTS);
        require(isPositive(duration), "duration must be above 0");
        require(!warmup.isNegative(), "warmup must not be negative");
        require(
                ratePerSecond >= 0 && ratePerSecond <= MAX_RATE,
                "rate must be 1 to " + MAX_RATE + " orders per second");
        require(isPositive(timeout), "timeout must be above 0");
        require(isPositive(registrationTimeout), "registration timeout must be above 0");
        require(!retryFor.isNegative(), "retry time must not be negative");
        require(!maxPause.isNegative(), "longest pause must not be negative");
        require(!retry || clientOrderIds, "retry needs client order ids");
    }

    /** How long what is under way at an early end may take. */
    public Duration longestEnd() {
        return retry ? timeout.plus(retryFor).plus(maxPause) : timeout;
    }

    /** A plain closed-loop run with the defaults of the command line. */
    public static Settings backToBack(
            URI target, int clients, Duration warmup, Duration duration, Mix mix) {
        return plain(target, clients, warmup, duration, mix, 0, 1);
    }

    /** Limit orders of AAPL at a rate, or back to back when it is 0; all else as above. */
    public static Settings limitOrders(
            URI target, int clients, Duration warmup, Duration duration, long rate, long seed) {
        return plain(target, clients, warmup, duration, Mix.LIMIT, rate, seed);
    }

    private static Settings plain(
            URI target,
            int clients,
            Duration warmup,
            Duration duration,
            Mix mix,
            long rate,
            long seed) {
        return new Settings(
                target,
                clients,
                warmup,
                duration,
                mix,
                rate,
                List.of(),
                seed,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                false,
                Duration.ZERO,
                Duration.ofSeconds(5),
                false,
                null);
    }

    public int port() {
        return target.getPort() == -1 ? 80 : target.getPort();
    }

    /**
     * Requires that it names a server and nothing on it.
     *
     * @param name of the option that it is from
     * @throws IllegalArgumentException otherwise
     */
    public static void requireServer(String name, URI uri) {
        require(
                "http".equals(uri.getScheme()) && uri.getHost() != null,
                name + " must look like http://host:port, not " + uri);
        require(
                uri.getPath().isEmpty() || uri.getPath().equals("/"),
                name + " must not have a path: " + uri);
    }

    /**
     * Requires a number within bounds.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static void requireWithin(String name, long value, long least, long most) {
        require(
                value >= least && value <= most,
                name + " must be " + least + " to " + most + ", not " + value);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
