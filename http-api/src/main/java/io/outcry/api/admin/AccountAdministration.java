package io.outcry.api.admin;

import io.outcry.api.accounts.AccountJson;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.WholeNumber;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.RejectCode;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at accounts, and changes what they may do and have. Safe for use by many threads. */
final class AccountAdministration {
    private static final Pattern REFERENCE_FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    private static final Fields LIMIT_FIELDS = new Fields();
    private static final Field LIMIT_CURRENCY = LIMIT_FIELDS.add("currency");
    private static final Field CREDIT_LIMIT = LIMIT_FIELDS.add("credit_limit");
    private static final Field SHORT_LIMIT = LIMIT_FIELDS.add("short_limit");

    private static final Fields ADJUSTMENT_FIELDS = new Fields();
    private static final Field CURRENCY = ADJUSTMENT_FIELDS.add("currency");
    private static final Field AMOUNT = ADJUSTMENT_FIELDS.add("amount");
    private static final Field SYMBOL = ADJUSTMENT_FIELDS.add("symbol");
    private static final Field QUANTITY = ADJUSTMENT_FIELDS.add("quantity");
    private static final Field REFERENCE = ADJUSTMENT_FIELDS.add("reference");

    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final Currency currency;
    private final Deeds deeds;

    /**
     * @param currency where none is named
     */
    AccountAdministration(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            Currency currency,
            Deeds deeds) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.currency = currency;
        this.deeds = deeds;
    }

    void show(Exchange exchange) throws IOException {
        exchange.query(Set.of());
        Outcome<Account> outcome = outcomes.await(engine.account(account(exchange)));
        if (outcome instanceof Outcome.Rejected<Account> rejected
                && rejected.code() == RejectCode.UNKNOWN_ACCOUNT) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such account");
        }
        Account account = Outcomes.done(outcome).value();
        exchange.answer(200, json -> AccountJson.write(json, account, instruments));
    }

    /** Its open orders are canceled, and it may place none until it is resumed. */
    void suspend(Exchange exchange) throws IOException {
        AccountId account = account(exchange);
        deeds.answer(
                exchange,
                "account.suspend",
                account.toString(),
                "",
                engine.suspendAccount(account));
    }

    void resume(Exchange exchange) throws IOException {
        AccountId account = account(exchange);
        deeds.answer(
                exchange, "account.resume", account.toString(), "", engine.resumeAccount(account));
    }

    void setLimits(Exchange exchange) throws IOException {
        AccountId account = account(exchange);
        FlatObject body = exchange.body(LIMIT_FIELDS);
        Currency in = currency(body, LIMIT_CURRENCY);
        Scale scale = scale(body, LIMIT_CURRENCY, in);
        body.require(CREDIT_LIMIT);
        body.require(SHORT_LIMIT);
        long credit = body.units(CREDIT_LIMIT, scale, ErrorCode.INVALID_COMMAND);
        long shorts = body.whole(SHORT_LIMIT, 0, Long.MAX_VALUE);
        body.throwIfInvalid();
        deeds.answer(
                exchange,
                "account.limits",
                account.toString(),
                "credit " + scale.format(credit) + " " + in + ", short " + shorts,
                engine.setLimits(account, in, credit, shorts));
    }

    /** Puts cash or a position in, or takes it out; once for each reference. */
    void adjust(Exchange exchange) throws IOException {
        AccountId account = account(exchange);
        FlatObject body = exchange.body(ADJUSTMENT_FIELDS);
        String reference = body.requiredString(REFERENCE);
        if (!REFERENCE_FORMAT.matcher(reference).matches()) {
            body.reject(REFERENCE, "must be 1-36 of A-Z a-z 0-9 _ -");
        }
        if (body.has(AMOUNT) == body.has(QUANTITY)) {
            body.reject(AMOUNT, "or quantity, and not both, is required");
        }
        if (body.has(QUANTITY)) {
            adjustPosition(exchange, body, account, reference);
        } else {
            adjustCash(exchange, body, account, reference);
        }
    }

    private void adjustCash(Exchange exchange, FlatObject body, AccountId account, String reference)
            throws IOException {
        forbid(body, SYMBOL, AMOUNT);
        Currency in = currency(body, CURRENCY);
        Scale scale = scale(body, CURRENCY, in);
        long amount = body.units(AMOUNT, scale, ErrorCode.INVALID_COMMAND);
        body.throwIfInvalid();
        deeds.answer(
                exchange,
                "account.adjust",
                account.toString(),
                scale.format(amount) + " " + in + ", " + reference,
                engine.adjustCash(account, in, amount, reference));
    }

    private void adjustPosition(
            Exchange exchange, FlatObject body, AccountId account, String reference)
            throws IOException {
        forbid(body, CURRENCY, QUANTITY);
        Instrument instrument = instruments.find(body.requiredString(SYMBOL));
        if (instrument == null) {
            body.throwIfMalformed();
            throw Problem.ofField(ErrorCode.UNKNOWN_SYMBOL, SYMBOL.name(), "is not traded here")
                    .toException();
        }
        long quantity = body.units(QUANTITY, instrument.quantityScale(), ErrorCode.INVALID_COMMAND);
        body.throwIfInvalid();
        deeds.answer(
                exchange,
                "account.adjust",
                account.toString(),
                instrument.quantityScale().format(quantity)
                        + " "
                        + instrument.symbol()
                        + ", "
                        + reference,
                engine.adjustPosition(account, instrument.symbol(), quantity, reference));
    }

    /** What was meant must not be overlooked: something else would be adjusted. */
    private static void forbid(FlatObject body, Field field, Field beside) {
        if (body.has(field) && body.has(beside)) {
            body.reject(field, "must not be given beside " + beside.name());
        }
    }

    private Currency currency(FlatObject body, Field field) {
        String text = body.string(field);
        try {
            return text == null ? currency : new Currency(text);
        } catch (IllegalArgumentException e) {
            body.reject(field, "must be 1-8 of A-Z 0-9");
            return currency;
        }
    }

    private Scale scale(FlatObject body, Field field, Currency in) {
        Scale scale = instruments.cashScale(in);
        if (scale == null) {
            body.reject(field, "is not one that is traded in");
            return new Scale(0);
        }
        return scale;
    }

    static AccountId account(Exchange exchange) {
        try {
            return new AccountId(WholeNumber.parse(exchange.pathParameter("id")));
        } catch (IllegalArgumentException e) {
            throw Problem.ofField(ErrorCode.INVALID_FIELD, "id", "must be a whole number")
                    .toException();
        }
    }
}
