package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.Failures;
import io.outcry.api.http.ProblemJson;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Places many orders at once, each on its own: what becomes of one says nothing of the others. They
 * go to the engine together, in their order. Never waits. Safe for use by many threads.
 */
final class BatchPlacement {
    static final int MOST_ORDERS = 100;

    /** As much as the proxy lets through; a hundred orders with every option fit. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final String ORDERS = "orders";

    private final Placement placement;
    private final InstrumentTable instruments;

    BatchPlacement(Placement placement, InstrumentTable instruments) {
        this.placement = placement;
        this.instruments = instruments;
    }

    /** What became of one order: an order, or a problem. */
    private record Result(int status, String member, Json.Body value, boolean duplicate) {
        static Result of(OrderAnswer answer) {
            return new Result(answer.status(), answer.member(), answer.value(), answer.duplicate());
        }

        static Result of(Throwable failure) {
            Problem problem = Failures.problem("an order of a batch", failure);
            return new Result(
                    problem.code().status(),
                    "problem",
                    json -> ProblemJson.write(json, problem),
                    false);
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
        List<FlatObject> bodies = exchange.bodies(ORDERS, OrderRequest.FIELDS, MOST_ORDERS);
        exchange.countAs(bodies.size(), ORDERS);
        AccountId accountId = exchange.caller().accountId();
        exchange.answerLater(
                instruments
                        .fetch(bodies.stream().map(OrderRequest::symbol).toList())
                        .thenCompose(CurrentRequest.kept(nothing -> place(accountId, bodies))),
                results -> exchange.answer(200, json -> write(json, results)));
    }

    /** When the instruments are at hand the orders go in one after another, and so together. */
    private CompletableFuture<List<Result>> place(AccountId accountId, List<FlatObject> bodies) {
        List<CompletableFuture<Result>> results =
                bodies.stream()
                        .map(
                                body ->
                                        placement
                                                .place(accountId, body)
                                                .handle(
                                                        (answer, failure) ->
                                                                failure == null
                                                                        ? Result.of(answer)
                                                                        : Result.of(failure)))
                        .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> results.stream().map(CompletableFuture::join).toList());
    }

    private static void write(JsonGenerator json, List<Result> results) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("results");
        for (Result result : results) {
            result.write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
