package io.outcry.api.accounts;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.money.Scale;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Puts play money into the own account, on a venue that trades for play. Safe for use by many
 * threads.
 */
final class Deposits {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    private static final Fields FIELDS = new Fields();
    private static final Field AMOUNT = FIELDS.add("amount");
    private static final Field CURRENCY = FIELDS.add("currency");
    private static final Field REFERENCE_FIELD = FIELDS.add("reference");

    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final Currency currency;

    /**
     * Deposits by way of the engine.
     *
     * @param currency of a deposit that names none
     */
    Deposits(Engine engine, Outcomes outcomes, InstrumentTable instruments, Currency currency) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.currency = currency;
    }

    /** A deposit of the same reference happens once, so sending it again is safe. */
    void deposit(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        Currency in = currency(body);
        Scale scale = instruments.cashScale(in);
        if (scale == null) {
            body.reject(CURRENCY, "is not one that is traded in");
            scale = new Scale(0);
        }
        body.require(AMOUNT);
        long amount = body.optionalUnits(AMOUNT, scale, ErrorCode.INVALID_COMMAND);
        String reference = reference(body);
        body.throwIfInvalid();
        Outcome<Void> outcome =
                outcomes.await(
                        engine.adjustCash(exchange.caller().accountId(), in, amount, reference));
        if (!(outcome instanceof Outcome.Done<Void> done)) {
            throw undone(outcome, reference).toException();
        }
        String text = scale.format(amount);
        exchange.answer(
                201,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("reference", reference);
                    json.writeStringField("currency", in.code());
                    json.writeStringField("amount", text);
                    json.writeNumberField("sequence", done.sequence());
                    json.writeEndObject();
                });
    }

    /** Sent again with its reference, a deposit of unknown outcome is made once. */
    private static Problem undone(Outcome<Void> outcome, String reference) {
        Problem problem = Outcomes.problem(outcome, ErrorCode.OUTCOME_UNKNOWN);
        return problem.code() == ErrorCode.OUTCOME_UNKNOWN
                ? problem.with("reference", reference)
                : problem;
    }

    private Currency currency(FlatObject body) {
        String text = body.string(CURRENCY);
        if (text == null) {
            return currency;
        }
        try {
            return new Currency(text);
        } catch (IllegalArgumentException e) {
            body.reject(CURRENCY, "must be 1-8 of A-Z 0-9");
            return currency;
        }
    }

    private static String reference(FlatObject body) {
        String text = body.string(REFERENCE_FIELD);
        if (text == null) {
            return UUID.randomUUID().toString();
        }
        if (!REFERENCE.matcher(text).matches()) {
            body.reject(REFERENCE_FIELD, "must be 1-36 of A-Z a-z 0-9 _ -");
        }
        return text;
    }
}
