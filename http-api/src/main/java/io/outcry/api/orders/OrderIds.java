package io.outcry.api.orders;

import io.outcry.api.http.Exchange;
import io.outcry.api.json.WholeNumber;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.order.OrderId;

/** Order ids in paths and queries. */
final class OrderIds {
    private OrderIds() {}

    /**
     * The id in the path.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD when it is no id
     */
    static OrderId of(Exchange exchange) {
        try {
            return parse(exchange.pathParameter("id"));
        } catch (IllegalArgumentException e) {
            throw Problem.ofField(ErrorCode.INVALID_FIELD, "id", "must be a whole number above 0")
                    .toException();
        }
    }

    /**
     * An id from its text.
     *
     * @throws IllegalArgumentException when it is no id
     */
    static OrderId parse(String text) {
        return new OrderId(WholeNumber.parse(text));
    }

    static Problem unknown(String id) {
        return Problem.of(ErrorCode.UNKNOWN_ORDER, "there is no order " + id);
    }
}
