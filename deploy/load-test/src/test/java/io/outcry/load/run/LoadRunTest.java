package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.load.flow.Mix;
import io.outcry.load.report.LoadReport;
import io.outcry.load.report.RequestFigures;
import io.outcry.load.report.Verdict;
import io.outcry.load.run.FakeVenue.Executed;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private final FakeVenue venue = new FakeVenue();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        venue.close();
    }

    @Test
    void countsEveryOrderThatTheVenueExecuted() throws Exception {
        LoadReport report =
                report(
                        ShortRun.against(
                                venue,
                                run -> {
                                    run.clients = 8;
                                    run.orders = Integer.MAX_VALUE;
                                    run.warmup = Duration.ofSeconds(1);
                                    run.duration = Duration.ofSeconds(1);
                                }));

        assertThat(report.registrations().succeeded()).isEqualTo(8);
        assertThat(report.clients()).hasSize(8);
        assertThat(report.environment().replicas()).isEqualTo(2);
        assertThat(report.orders().sent()).isPositive();
        assertThat(report.warmup().sent()).isPositive();
        assertThat(report.orders().accepted() + report.warmup().accepted())
                .isEqualTo(venue.executed().size());
        assertThat(report.orders().acceptedByStatus()).containsOnlyKeys("CANCELED");
        assertThat(report.orders().latencyMs().count()).isEqualTo(report.orders().accepted());
        assertThat(report.clients().stream().mapToLong(client -> client.orders().sent()).sum())
                .isEqualTo(report.orders().sent());
        assertThat(report.verdict()).isEqualTo(new Verdict(Verdict.CLEAN, List.of()));
    }

    @Test
    void sendsTheOriginalTestsOrders() throws Exception {
        ShortRun.against(venue, run -> run.clients = 2);

        Map<String, List<Executed>> byClient =
                venue.executed().stream().collect(Collectors.groupingBy(Executed::token));
        assertThat(byClient).hasSize(2);
        for (List<Executed> orders : byClient.values()) {
            for (int i = 0; i < orders.size(); i++) {
                assertThat(orders.get(i).body())
                        .hasToString(
                                """
                                {"symbol":"AAPL","side":"%s","order_type":"MARKET","quantity":"100","price":"150"}"""
                                        .formatted(i % 2 == 0 ? "BUY" : "SELL"));
            }
        }
    }

    @Test
    void goesOnWithoutThoseWhoseRegistrationFailed() throws Exception {
        venue.onRegister =
                (context, number, normally) -> {
                    if (number % 4 == 0) {
                        FakeVenue.problem(context, 503, "NOT_STARTED");
                    } else {
                        normally.run();
                    }
                };

        LoadReport report = report(ShortRun.against(venue, run -> run.clients = 8));

        assertThat(report.registrations().failuresByKind())
                .isEqualTo(Map.of("http_503 NOT_STARTED", 2L));
        assertThat(report.clients()).hasSize(6);
        assertThat(report.orders().accepted()).isPositive();
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.REGISTRATIONS_FAILED);
    }

    @Test
    void reportsThatNobodyCouldRegister() throws Exception {
        venue.onRegister =
                (context, number, normally) -> FakeVenue.problem(context, 500, "INTERNAL");

        LoadReport report = report(ShortRun.against(venue, run -> {}));

        assertThat(report.registrations().failed()).isEqualTo(4);
        assertThat(report.orders().sent()).isZero();
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.REGISTRATIONS_FAILED);
    }

    @Test
    void countsRejectionsByCodeAndCallsThemDecided() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    if (number % 2 == 0) {
                        FakeVenue.problem(context, 422, "INSUFFICIENT_FUNDS");
                    } else {
                        normally.run();
                    }
                };

        RequestFigures orders = report(ShortRun.against(venue, run -> {})).orders();

        assertThat(orders.rejectedByCode()).containsOnlyKeys("INSUFFICIENT_FUNDS");
        assertThat(orders.rejected()).isPositive();
        assertThat(orders.accepted() + orders.rejected()).isEqualTo(orders.sent());
        assertThat(orders.latencyMs().count()).isEqualTo(orders.sent());
        assertThat(orders.errors()).isZero();
    }

    @Test
    void pausesAsLongAsTheVenueAsksButNotLongerThanAllowed() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    if (number == 1) {
                        context.header("Retry-After", "3600");
                        FakeVenue.problem(context, 503, "OVERLOADED");
                    } else {
                        normally.run();
                    }
                };

        LoadReport report =
                report(
                        ShortRun.against(
                                venue,
                                run -> {
                                    run.clients = 1;
                                    run.orders = 5;
                                    run.maxPause = Duration.ofMillis(400);
                                }));

        assertThat(report.orders().refusedByCode()).isEqualTo(Map.of("OVERLOADED", 1L));
        assertThat(report.orders().accepted()).isGreaterThanOrEqualTo(4);
        double busySeconds = report.orders().latencyMs().mean() * report.orders().accepted() / 1000;
        assertThat(report.elapsedSeconds()).isBetween(0.4 + busySeconds, 60.0);
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.ERRORS);
    }

    @Test
    void callsAnAnswerThatBrokeOffUnknownAndGoesOn() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    if (number == 3) {
                        FakeVenue.closeMidAnswer(context);
                    } else {
                        normally.run();
                    }
                };

        LoadReport report = report(ShortRun.against(venue, run -> run.clients = 1));

        assertThat(report.orders().errorsByKind()).isEqualTo(Map.of("closed_mid_answer", 1L));
        assertThat(report.orders().unknown()).isEqualTo(1);
        assertThat(report.orders().accepted()).isGreaterThan(2);
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.ERRORS);
    }

    @Test
    void givesASlowAnswerUpAtTheTimeout() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    boolean unused = number == 1 && never.await(800, TimeUnit.MILLISECONDS);
                    normally.run();
                };

        RequestFigures orders =
                report(
                                ShortRun.against(
                                        venue,
                                        run -> {
                                            run.clients = 1;
                                            run.orders = 20;
                                            run.timeout = Duration.ofMillis(400);
                                        }))
                        .orders();

        assertThat(orders.errorsByKind()).containsOnlyKeys("timeout");
        assertThat(orders.unknown()).isEqualTo(orders.errors());
        assertThat(orders.undecidedLatencyMs()).isNotNull();
        assertThat(orders.undecidedLatencyMs().p50()).isGreaterThanOrEqualTo(400);
        assertThat(orders.accepted() + orders.errors()).isEqualTo(orders.sent());
    }

    @Test
    void countsAnswersThatBlameTheRequest() throws Exception {
        venue.onOrder =
                (context, number, normally) -> FakeVenue.problem(context, 401, "UNAUTHENTICATED");

        RequestFigures orders = report(ShortRun.against(venue, run -> run.orders = 10)).orders();

        assertThat(orders.errorsByKind()).containsOnlyKeys("http_401 UNAUTHENTICATED");
        assertThat(orders.errors()).isEqualTo(orders.sent()).isPositive();
        assertThat(orders.unknown()).isZero();
    }

    @Test
    void survivesAVenueThatGoesAway() throws Exception {
        AtomicReference<LiveCounts> counts = new AtomicReference<>();
        RunObserver observer =
                new ShortRun.Unobserved() {
                    @Override
                    public void started(LiveCounts live, Duration planned) {
                        counts.set(live);
                    }
                };
        LoadRun run =
                new LoadRun(ShortRun.settings(venue.uri(), any -> {}), observer, Clock.systemUTC());
        Thread end =
                new Thread(
                        () -> {
                            venue.close();
                            await().atMost(Duration.ofMinutes(1))
                                    .until(() -> counts.get().undecided() > 20);
                            run.stop();
                        });
        venue.onOrder =
                (context, number, normally) -> {
                    if (number == 20) {
                        end.start();
                    }
                    normally.run();
                };

        LoadReport report = report(run.run());

        assertThat(report.orders().errorsByKind()).containsKey("connect_refused");
        assertThat(report.orders().accepted()).isPositive();
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.ERRORS);
    }

    @Test
    void tradesSeveralSymbolsAndCancelsInTheMixedFlow() throws Exception {
        LoadReport report =
                report(
                        ShortRun.against(
                                venue,
                                run -> {
                                    run.mix = Mix.MIXED;
                                    run.orders = 500;
                                }));

        assertThat(venue.executed().stream().map(order -> order.body().path("symbol").asText()))
                .contains("AAPL", "COIN")
                .doesNotContain("HALT");
        assertThat(report.cancels().acceptedByStatus()).containsOnlyKeys("CANCELED");
        assertThat(report.cancels().accepted()).isEqualTo(venue.canceled().size()).isPositive();
        assertThat(report.orders().acceptedByStatus()).containsKeys("NEW", "CANCELED");
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void endsEarlyWhenStoppedAndLosesNothing() throws Exception {
        LoadReport report = report(ShortRun.against(venue, run -> run.orders = 50));

        assertThat(report.orders().accepted()).isEqualTo(venue.executed().size());
        assertThat(report.elapsedSeconds()).isLessThan(60);
    }

    @Test
    void saysThatAMixCannotRunWithoutInstruments() {
        assertThatThrownBy(
                        () ->
                                ShortRun.against(
                                        venue,
                                        run -> {
                                            run.mix = Mix.LIMIT;
                                            run.symbols = List.of("NONE");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NONE");
    }

    @Test
    void saysThatTheTargetHasNoAddress() {
        Settings settings = ShortRun.settings(URI.create("http://venue.invalid:1"), run -> {});

        assertThatThrownBy(
                        () ->
                                new LoadRun(settings, new ShortRun.Unobserved(), Clock.systemUTC())
                                        .run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("venue.invalid");
    }

    @Test
    void saysThatNobodyListensAtTheTarget() {
        venue.close();

        assertThatThrownBy(() -> ShortRun.against(venue, run -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no connection to " + venue.uri())
                .hasMessageContaining("connect_refused");
    }

    private static LoadReport report(RunResult result) {
        return LoadReport.of(result, Map.of());
    }
}
