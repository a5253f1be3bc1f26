package io.outcry.load;

import io.outcry.load.flow.Mix;
import io.outcry.load.run.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make a run's settings. */
final class LoadOptions extends TargetOptions {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Measured time: 500ms, 60s, 5m, 1h (default: ${DEFAULT-VALUE}).")
    Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "Before the measured time, reported apart (default: ${DEFAULT-VALUE}).")
    Duration warmup;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            defaultValue = "market",
            description = {
                "market: BUY and SELL in turn, MARKET, 100 AAPL, worst price 150;",
                "limit: limits around one price, every fifth crossing it;",
                "mixed: limits around moving prices, cancels and takers, several symbols"
                        + " (default: ${DEFAULT-VALUE})."
            })
    Mix mix;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests per second of all clients together (default: back to back).")
    long rate;

    @Option(
            names = "--symbols",
            paramLabel = "SYMBOL",
            split = ",",
            description = "What to trade (default: AAPL; mixed: up to 8 that the venue lists).")
    List<String> symbols = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "The same seed gives each client the same flow (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "For an answer; then its outcome is unknown (default: ${DEFAULT-VALUE}).")
    Duration timeout;

    @Option(
            names = "--registration-timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "For a registration (default: ${DEFAULT-VALUE}).")
    Duration registrationTimeout;

    @Option(
            names = "--retry",
            description = {
                "Send an order again, with the same client order id, until its outcome is known.",
                "Latency then counts to the end, and only what stays undecided is an error."
            })
    boolean retry;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long after the end to go on with that (default: ${DEFAULT-VALUE}).")
    Duration retryFor;

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "Longest pause that Retry-After may ask for (default: ${DEFAULT-VALUE}).")
    Duration maxPause;

    @Option(
            names = "--client-order-ids",
            negatable = true,
            description =
                    "Send a client order id with each order (default: with --retry or --record).")
    @Nullable Boolean clientOrderIds;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write a JSON line per acknowledged or unknown order and cancel.")
    @Nullable Path record;

    /**
     * The settings that the options ask for.
     *
     * @throws IllegalArgumentException naming the setting that cannot be
     */
    Settings settings() {
        return new Settings(
                target,
                clients,
                warmup,
                duration,
                mix,
                rate,
                symbols,
                seed,
                timeout,
                registrationTimeout,
                retry,
                retryFor,
                maxPause,
                clientOrderIds == null ? retry || record != null : clientOrderIds,
                record);
    }
}
