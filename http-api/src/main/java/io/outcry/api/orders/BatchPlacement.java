package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.ProblemJson;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Places many orders at once, each on its own: what becomes of one says nothing of the others. They
 * go to the engine together, in their order. Safe for use by many threads.
 */
final class BatchPlacement {
    static final int MOST_ORDERS = 100;

    /** As much as the proxy lets through; a hundred orders with every option fit. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;

    BatchPlacement(Engine engine, Outcomes outcomes, InstrumentTable instruments) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
    }

    /** What became of one order: an order, or a problem. */
    private record Result(int status, String member, Json.Body value, boolean duplicate) {
        static Result of(Problem problem) {
            return new Result(
                    problem.code().status(),
                    "problem",
                    json -> ProblemJson.write(json, problem),
                    false);
        }

        static Result of(OrderRequest request, Outcome<PlacedOrder> outcome) {
            if (!(outcome instanceof Outcome.Done<PlacedOrder> done)) {
                return of(Placement.undone(outcome, request.terms()));
            }
            PlacedOrder placed = done.value();
            return new Result(
                    201,
                    "order",
                    json ->
                            OrderJson.write(
                                    json,
                                    placed.order(),
                                    request.instrument(),
                                    Placement.fills(placed)),
                    placed.duplicate());
        }

        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("status", status);
            if (duplicate) {
                json.writeBooleanField("duplicate", true);
            }
            json.writeFieldName(member);
            value.write(json);
            json.writeEndObject();
        }
    }

    /** Answers with a result for each order, in their order. */
    void place(Exchange exchange) throws IOException {
        List<FlatObject> bodies = exchange.bodies("orders", OrderRequest.FIELDS, MOST_ORDERS);
        exchange.countMore(bodies.size() - 1L);
        AccountId accountId = exchange.caller().accountId();
        List<CompletableFuture<Result>> results =
                bodies.stream().map(body -> place(body, accountId)).toList();
        exchange.answerLater(
                CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)),
                nothing -> exchange.answer(200, json -> write(json, results)));
    }

    private CompletableFuture<Result> place(FlatObject body, AccountId accountId) {
        try {
            OrderRequest request = OrderRequest.read(body, accountId, instruments);
            return outcomes.measured(engine.placeOrder(request.terms()))
                    .thenApply(outcome -> Result.of(request, outcome));
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(Result.of(e.problem()));
        }
    }

    private static void write(JsonGenerator json, List<CompletableFuture<Result>> results)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("results");
        for (CompletableFuture<Result> result : results) {
            result.join().write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
