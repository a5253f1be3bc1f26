package io.outcry.load.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.load.flow.TradedInstrument;
import io.outcry.load.http.Answer;
import io.outcry.load.http.AnswerHandler;
import io.outcry.load.http.Connection;
import io.outcry.load.http.EventLoop;
import io.outcry.load.http.Failure;
import io.outcry.load.http.RequestWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run asks the venue besides orders. Lives on the loop's thread. */
final class Venue {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_UNNAMED = 8;

    private final EventLoop loop;
    private final Settings settings;

    Venue(EventLoop loop, Settings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * What the target says of itself, null when it says nothing in JSON.
     *
     * @throws IOException when it cannot be reached
     */
    @Nullable JsonNode health(Connection connection) throws IOException {
        Fetched fetched = fetch(connection, RequestWriter.to(settings.target()).get("/health"));
        if (fetched.failure != null && !fetched.failure.maybeSent()) {
            String why = fetched.failure.label();
            throw new IOException("no connection to " + settings.target() + ": " + why);
        }
        return fetched.status == 200 && fetched.body != null && fetched.body.isObject()
                ? fetched.body
                : null;
    }

    /**
     * The instruments to trade: those of the settings, or the first open ones when they name none.
     *
     * @throws IOException when the venue does not say, or does not know a named one
     */
    List<TradedInstrument> instruments(Connection connection, String token) throws IOException {
        RequestWriter requests = RequestWriter.to(settings.target()).withToken(token);
        Fetched fetched = fetch(connection, requests.get("/api/instruments"));
        if (fetched.status != 200 || fetched.body == null) {
            throw new IOException("GET /api/instruments: " + fetched.problem());
        }
        JsonNode list = fetched.body.isArray() ? fetched.body : fetched.body.path("instruments");
        List<TradedInstrument> found = new ArrayList<>();
        for (JsonNode each : list) {
            if (chosen(each, found.size())) {
                found.add(instrument(each));
            }
        }
        if (found.isEmpty() || found.size() < settings.symbols().size()) {
            throw new IOException(
                    settings.symbols().isEmpty()
                            ? "the venue lists no open instrument"
                            : "the venue does not list all of these as open: "
                                    + settings.symbols());
        }
        return found;
    }

    private boolean chosen(JsonNode instrument, int soFar) {
        if (!instrument.path("status").asText("OPEN").equals("OPEN")) {
            return false;
        }
        return settings.symbols().isEmpty()
                ? soFar < MAX_UNNAMED
                : settings.symbols().contains(instrument.path("symbol").asText());
    }

    private static TradedInstrument instrument(JsonNode terms) throws IOException {
        BigDecimal tick = decimal(terms, "tick");
        BigDecimal reference =
                terms.hasNonNull("last_price")
                        ? decimal(terms, "last_price")
                        : decimal(terms, "reference_price");
        long referenceTicks = reference.divide(tick, 0, RoundingMode.HALF_EVEN).longValueExact();
        return new TradedInstrument(
                terms.path("symbol").asText(), tick, decimal(terms, "lot"), referenceTicks);
    }

    private static BigDecimal decimal(JsonNode terms, String field) throws IOException {
        JsonNode value = terms.get(field);
        if (value == null || value.isNull()) {
            throw new IOException("GET /api/instruments: an instrument has no " + field);
        }
        try {
            return new BigDecimal(value.asText());
        } catch (NumberFormatException e) {
            throw new IOException("GET /api/instruments: " + field + " is not a number", e);
        }
    }

    private Fetched fetch(Connection connection, byte[] request) throws IOException {
        Fetched fetched = new Fetched();
        connection.send(request, settings.timeout().toNanos(), fetched);
        loop.run(fetched::complete);
        return fetched;
    }

    /** Keeps an answer for a caller that waits for it. */
    private static final class Fetched implements AnswerHandler {
        private int status;
        private @Nullable JsonNode body;
        private @Nullable Failure failure;

        @Override
        public void answered(Answer answer) {
            status = answer.status();
            try {
                body = JSON.readTree(answer.bodyText());
            } catch (IOException e) {
                body = null;
            }
        }

        @Override
        public void failed(Failure failure) {
            this.failure = failure;
        }

        boolean complete() {
            return status != 0 || failure != null;
        }

        String problem() {
            return failure == null ? "HTTP " + status : failure.label();
        }
    }
}
