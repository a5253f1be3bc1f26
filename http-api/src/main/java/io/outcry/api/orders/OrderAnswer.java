package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Json;
import io.outcry.domain.order.OrderId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an order command has brought, whichever way it came in.
 *
 * @param status that HTTP has for it
 * @param member what it is called among others: {@code order} or {@code orders}
 * @param duplicate whether it is the first order of a repeated client order id
 * @param placed the order that was placed, for its path; null: none was
 */
public record OrderAnswer(
        int status, String member, Json.Body value, boolean duplicate, @Nullable OrderId placed) {
    private static final String ORDERS = "orders";

    static OrderAnswer of(int status, Json.Body order) {
        return new OrderAnswer(status, "order", order, false, null);
    }

    /** The answer to a placement. */
    static OrderAnswer ofPlaced(OrderId id, Json.Body order, boolean duplicate) {
        return new OrderAnswer(201, "order", order, duplicate, id);
    }

    /** The answer to a dry run. */
    static OrderAnswer ofCheck(Json.Body check) {
        return new OrderAnswer(200, "check", check, false, null);
    }

    /** The answer to a request that was done on several orders. */
    static OrderAnswer ofAll(Json.Body orders) {
        return new OrderAnswer(200, ORDERS, orders, false, null);
    }

    /** By HTTP an order is the body itself, several are a member of it. */
    void to(Exchange exchange) throws IOException {
        if (duplicate) {
            exchange.addHeader("Outcry-Duplicate", "true");
        }
        if (placed != null) {
            exchange.answerCreated("/api/orders/" + placed, value);
            return;
        }
        exchange.answer(status, member.equals(ORDERS) ? this::writeObject : value);
    }

    private void writeObject(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeMember(json);
        json.writeEndObject();
    }

    /** Writes the value as a member of a larger object. */
    public void writeMember(JsonGenerator json) throws IOException {
        json.writeFieldName(member);
        value.write(json);
    }
}
