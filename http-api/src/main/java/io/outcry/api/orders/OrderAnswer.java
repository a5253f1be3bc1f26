package io.outcry.api.orders;

import io.outcry.api.http.Exchange;
import io.outcry.api.json.Json;
import java.io.IOException;

/**
 * What an order command has brought, whichever way it came in.
 *
 * @param status that HTTP has for it
 * @param member what it is called among others: {@code order} or {@code orders}
 * @param duplicate whether it is the first order of a repeated client order id
 */
public record OrderAnswer(int status, String member, Json.Body value, boolean duplicate) {

    static OrderAnswer of(int status, Json.Body order) {
        return new OrderAnswer(status, "order", order, false);
    }

    void to(Exchange exchange) throws IOException {
        if (duplicate) {
            exchange.addHeader("Outcry-Duplicate", "true");
        }
        exchange.answer(status, value);
    }
}
