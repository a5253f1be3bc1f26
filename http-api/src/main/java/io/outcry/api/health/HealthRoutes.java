package io.outcry.api.health;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.health.Component.State;
import io.outcry.api.health.Component.Status;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Answers probes. Started: once all that the first request needs is there. Ready: started, the
 * engine connected and not about to stop; nothing that all replicas share and orders do not need
 * matters. Live: the process makes progress. Safe for use by many threads.
 */
public final class HealthRoutes {
    private final Identity identity;
    private final Startup startup;
    private final Vitals vitals;
    private final BooleanSupplier ready;

    /** What the server is. */
    public record Identity(String version, String replicaId) {}

    /**
     * Probes that tell of these.
     *
     * @param ready whether a server that has started should be sent requests
     */
    public HealthRoutes(Identity identity, Startup startup, Vitals vitals, BooleanSupplier ready) {
        this.identity = identity;
        this.startup = startup;
        this.vitals = vitals;
        this.ready = ready;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/health", Access.PROBE, this::report),
                Route.get(
                        "/health/live", Access.PROBE, exchange -> probe(exchange, vitals.alive())),
                Route.get("/health/ready", Access.PROBE, exchange -> probe(exchange, ready())),
                Route.get(
                        "/health/startup",
                        Access.PROBE,
                        exchange -> probe(exchange, startup.started())));
    }

    private boolean ready() {
        return startup.started() && ready.getAsBoolean();
    }

    private static void probe(Exchange exchange, boolean good) throws IOException {
        if (!good) {
            exchange.addHeader("Retry-After", "1");
        }
        exchange.answer(
                good ? 200 : 503,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("status", good ? "ok" : "unavailable");
                    json.writeEndObject();
                });
    }

    /** Answers how the replica and what it depends on do. */
    public void report(Exchange exchange) throws IOException {
        exchange.answer(200, this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        Map<String, State> states = vitals.states();
        boolean healthy =
                ready() && states.values().stream().allMatch(state -> state.status() == Status.UP);
        json.writeStartObject();
        json.writeStringField("status", healthy ? "healthy" : "degraded");
        json.writeStringField("version", identity.version());
        json.writeStringField("replica_id", identity.replicaId());
        json.writeBooleanField("started", startup.started());
        json.writeBooleanField("ready", ready());
        String waitingFor = startup.waitingFor();
        if (waitingFor != null) {
            json.writeStringField("waiting_for", waitingFor);
        }
        json.writeObjectFieldStart("components");
        for (Map.Entry<String, State> entry : states.entrySet()) {
            write(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, State state) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("status", state.status().name().toLowerCase(Locale.ROOT));
        for (Map.Entry<String, String> detail : state.details().entrySet()) {
            json.writeStringField(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
    }
}
