package io.outcry.load.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.outcry.load.flow.CancelOrder;
import io.outcry.load.flow.PlaceOrder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON line for each order and cancel that was acknowledged, or whose outcome is unknown,
 * so that a checker can compare them with what the venue keeps. Lives on the loop's thread.
 */
final class OrderLog implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Instant clockZero;
    private final @Nullable JsonGenerator json;

    private OrderLog(Instant clockZero, @Nullable JsonGenerator json) {
        this.clockZero = clockZero;
        this.json = json;
    }

    /**
     * @param clockZero the wall-clock time of the loop's zero
     * @param file an existing one is replaced; null: nothing is written
     */
    static OrderLog open(Instant clockZero, @Nullable Path file) throws IOException {
        if (file == null) {
            return new OrderLog(clockZero, null);
        }
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        return new OrderLog(clockZero, json);
    }

    void write(Account account, Exchange exchange, Outcome outcome, long endedNanos) {
        JsonGenerator line = json;
        boolean noteworthy =
                outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unknown;
        if (line == null || !noteworthy) {
            return;
        }
        try {
            line.writeStartObject();
            line.writeNumberField("client", account.client());
            writeText(line, "account_id", account.accountId());
            writeAction(line, exchange);
            writeOutcome(line, outcome);
            line.writeNumberField("attempts", exchange.attempts());
            line.writeStringField("sent_at", time(exchange.firstSentNanos()));
            line.writeStringField("answered_at", time(endedNanos));
            line.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the order log", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (json != null) {
            json.writeRaw('\n');
            json.close();
        }
    }

    private static void writeAction(JsonGenerator line, Exchange exchange) throws IOException {
        if (exchange.action() instanceof PlaceOrder order) {
            line.writeStringField("action", "place");
            writeText(line, "client_order_id", exchange.clientOrderId());
            line.writeStringField("symbol", order.symbol());
            line.writeStringField("side", order.side().name());
            line.writeStringField("order_type", order.type().name());
            line.writeStringField("quantity", order.quantity());
            line.writeStringField("price", order.price());
        } else if (exchange.action() instanceof CancelOrder cancel) {
            line.writeStringField("action", "cancel");
            line.writeStringField("canceled_order_id", cancel.orderId());
        }
    }

    private static void writeOutcome(JsonGenerator line, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Accepted accepted) {
            line.writeStringField("outcome", "accepted");
            writeText(line, "order_id", accepted.orderId());
            line.writeStringField("status", accepted.label());
            writeText(line, "filled_quantity", accepted.filledQuantity());
            writeText(line, "sequence", accepted.sequence());
        } else {
            line.writeStringField("outcome", "unknown");
            line.writeStringField("reason", outcome.label());
        }
    }

    private static void writeText(JsonGenerator line, String field, @Nullable String text)
            throws IOException {
        if (text != null) {
            line.writeStringField(field, text);
        }
    }

    private String time(long loopNanos) {
        return clockZero.plusNanos(loopNanos).toString();
    }
}
