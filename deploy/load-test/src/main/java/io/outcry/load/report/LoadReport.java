package io.outcry.load.report;

import io.outcry.load.run.Registrations;
import io.outcry.load.run.RunResult;
import io.outcry.load.run.RunResult.ClientResult;
import io.outcry.load.run.Settings;
import io.outcry.load.run.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The figures of a run as they stand in its JSON file.
 *
 * @param ordersPerSecond accepted orders per second of the measured time
 * @param requestsPerSecond every order and cancel that was decided, per second of the measured time
 * @param warmup orders and cancels before the measured time, in no other figure
 */
public record LoadReport(
        String schema,
        Instant startedAt,
        Environment environment,
        SettingsFigures settings,
        RegistrationFigures registrations,
        double elapsedSeconds,
        double ordersPerSecond,
        double requestsPerSecond,
        RequestFigures orders,
        RequestFigures cancels,
        RequestFigures warmup,
        List<ClientFigures> clients,
        GeneratorFigures generator,
        Verdict verdict) {
    private static final String SCHEMA = "outcry-load/1";
    private static final double NANOS_PER_SECOND = 1e9;

    /** The settings that shape the figures. */
    public record SettingsFigures(
            String target,
            int clients,
            double warmupSeconds,
            double durationSeconds,
            String mix,
            String loop,
            long ratePerSecond,
            List<String> symbols,
            long seed,
            double timeoutSeconds,
            boolean retry,
            boolean clientOrderIds) {}

    /** Users registered before the clock starts, all at once. */
    public record RegistrationFigures(
            int attempted,
            int succeeded,
            long failed,
            SortedMap<String, Long> failuresByKind,
            double elapsedSeconds,
            LatencyFigures latencyMs) {}

    /** One client's part in the measured time. */
    public record ClientFigures(
            int client, String username, RequestFigures orders, RequestFigures cancels) {}

    /** What the generator itself cost, warm-up included. */
    public record GeneratorFigures(double cpuSeconds, long requests, double cpuMicrosPerRequest) {}

    public static LoadReport of(RunResult result, Map<String, String> labels) {
        Tally orders = sum(result.clients(), ClientResult::orders);
        Tally cancels = sum(result.clients(), ClientResult::cancels);
        Tally warmup = sum(result.clients(), ClientResult::warmup);
        RegistrationFigures registrations = figures(result.registrations());
        RequestFigures orderFigures = RequestFigures.of(orders);
        RequestFigures cancelFigures = RequestFigures.of(cancels);
        RequestFigures warmupFigures = RequestFigures.of(warmup);
        double seconds = result.elapsedNanos() / NANOS_PER_SECOND;
        long decided = orders.decided().count() + cancels.decided().count();
        return new LoadReport(
                SCHEMA,
                result.startedAt(),
                Environment.here(result.health(), labels),
                figures(result.settings()),
                registrations,
                rounded(seconds),
                rounded(orderFigures.accepted() / seconds),
                rounded(decided / seconds),
                orderFigures,
                cancelFigures,
                warmupFigures,
                result.clients().stream().map(LoadReport::figures).toList(),
                generator(result, orders, cancels, warmup),
                Verdict.of(registrations, warmupFigures, orderFigures, cancelFigures));
    }

    private static Tally sum(List<ClientResult> clients, Function<ClientResult, Tally> part) {
        Tally sum = new Tally();
        clients.forEach(client -> sum.addAll(part.apply(client)));
        return sum;
    }

    private static SettingsFigures figures(Settings settings) {
        return new SettingsFigures(
                settings.target().toString(),
                settings.clients(),
                settings.warmup().toNanos() / NANOS_PER_SECOND,
                settings.duration().toNanos() / NANOS_PER_SECOND,
                settings.mix().label(),
                settings.ratePerSecond() == 0 ? "closed" : "open",
                settings.ratePerSecond(),
                settings.symbols(),
                settings.seed(),
                settings.timeout().toNanos() / NANOS_PER_SECOND,
                settings.retry(),
                settings.clientOrderIds());
    }

    private static RegistrationFigures figures(Registrations registrations) {
        return new RegistrationFigures(
                registrations.attempted(),
                registrations.succeeded(),
                registrations.failures().total(),
                registrations.failures().byLabel(),
                rounded(registrations.elapsedNanos() / NANOS_PER_SECOND),
                LatencyFigures.of(registrations.latency()));
    }

    private static ClientFigures figures(ClientResult client) {
        return new ClientFigures(
                client.client(),
                client.username(),
                RequestFigures.of(client.orders()),
                RequestFigures.of(client.cancels()));
    }

    private static GeneratorFigures generator(RunResult result, Tally... tallies) {
        long requests = 0;
        for (Tally tally : tallies) {
            requests += tally.sent() + tally.retried().total();
        }
        double cpuSeconds = result.cpuNanos() / NANOS_PER_SECOND;
        return new GeneratorFigures(
                rounded(cpuSeconds), requests, rounded(cpuSeconds * 1e6 / Math.max(1, requests)));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
