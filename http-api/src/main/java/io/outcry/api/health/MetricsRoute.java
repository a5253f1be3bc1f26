package io.outcry.api.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import java.nio.charset.StandardCharsets;

/** Shows the metrics in Prometheus' text format. */
public final class MetricsRoute {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsRoute() {}

    public static Route of(PrometheusMeterRegistry registry) {
        return Route.get(
                "/metrics",
                Access.PROBE,
                exchange ->
                        exchange.answer(
                                200,
                                CONTENT_TYPE,
                                registry.scrape().getBytes(StandardCharsets.UTF_8)));
    }
}
