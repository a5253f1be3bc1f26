package io.outcry.api.admin;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.EnumText;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.io.IOException;

/** Defines instruments, halts and resumes them, ends the day. Safe for use by many threads. */
final class InstrumentAdministration {
    private static final int MAX_PLACES = 12;

    private static final Fields FIELDS = new Fields();
    private static final Field SYMBOL = FIELDS.add("symbol");
    private static final Field CURRENCY = FIELDS.add("currency");
    private static final Field PRICE_SCALE = FIELDS.add("price_scale");
    private static final Field QUANTITY_SCALE = FIELDS.add("quantity_scale");
    private static final Field CASH_SCALE = FIELDS.add("cash_scale");
    private static final Field TICK = FIELDS.add("tick");
    private static final Field LOT = FIELDS.add("lot");
    private static final Field MAX_QUANTITY = FIELDS.add("max_quantity");
    private static final Field MAX_NOTIONAL = FIELDS.add("max_notional");
    private static final Field REFERENCE_PRICE = FIELDS.add("reference_price");
    private static final Field BAND_PPM = FIELDS.add("band_ppm");
    private static final Field MAKER_FEE_PPM = FIELDS.add("maker_fee_ppm");
    private static final Field TAKER_FEE_PPM = FIELDS.add("taker_fee_ppm");
    private static final Field STATUS = FIELDS.add("status");

    private static final EnumText<InstrumentStatus> STATUSES =
            new EnumText<>(InstrumentStatus.class);

    private final Engine engine;
    private final InstrumentTable instruments;
    private final Deeds deeds;

    InstrumentAdministration(Engine engine, InstrumentTable instruments, Deeds deeds) {
        this.engine = engine;
        this.instruments = instruments;
        this.deeds = deeds;
    }

    /**
     * A new one, or new terms of one that exists; its currency and scales stay, and its status
     * where none is given: who changes the tick of a halted one does not open it.
     */
    void define(Exchange exchange) throws IOException {
        Instrument instrument = read(exchange.body(FIELDS));
        deeds.answer(
                exchange,
                "instrument.define",
                instrument.symbol().value(),
                instrument.toString(),
                engine.defineInstrument(instrument));
        boolean unused = instruments.refresh();
    }

    void halt(Exchange exchange) throws IOException {
        setStatus(exchange, "instrument.halt", InstrumentStatus.HALTED);
    }

    void resume(Exchange exchange) throws IOException {
        setStatus(exchange, "instrument.resume", InstrumentStatus.OPEN);
    }

    private void setStatus(Exchange exchange, String action, InstrumentStatus status)
            throws IOException {
        Instrument instrument = instruments.find(exchange.pathParameter("symbol"));
        if (instrument == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such instrument");
        }
        Symbol symbol = instrument.symbol();
        deeds.answer(
                exchange, action, symbol.value(), "", engine.setInstrumentStatus(symbol, status));
        boolean unused = instruments.refresh();
    }

    /** Ends the trading day: DAY orders expire. */
    void closeSession(Exchange exchange) throws IOException {
        deeds.answer(exchange, "session.close", "venue", "", engine.closeSession());
    }

    private Instrument read(FlatObject body) {
        String symbol = body.requiredString(SYMBOL);
        String currency = body.requiredString(CURRENCY);
        Scale prices = scale(body, PRICE_SCALE);
        Scale quantities = scale(body, QUANTITY_SCALE);
        Scale cash = scale(body, CASH_SCALE);
        body.require(TICK);
        body.require(LOT);
        body.require(MAX_QUANTITY);
        long tick = body.optionalUnits(TICK, prices, ErrorCode.INVALID_COMMAND);
        long lot = body.optionalUnits(LOT, quantities, ErrorCode.INVALID_COMMAND);
        long most = body.optionalUnits(MAX_QUANTITY, quantities, ErrorCode.INVALID_COMMAND);
        long notional = body.units(MAX_NOTIONAL, cash, ErrorCode.INVALID_COMMAND);
        long reference = body.units(REFERENCE_PRICE, prices, ErrorCode.INVALID_COMMAND);
        long band = body.has(BAND_PPM) ? body.whole(BAND_PPM, 0, 1_000_000) : 0;
        int maker =
                body.has(MAKER_FEE_PPM)
                        ? (int) body.whole(MAKER_FEE_PPM, -1_000_000, 1_000_000)
                        : 0;
        int taker = body.has(TAKER_FEE_PPM) ? (int) body.whole(TAKER_FEE_PPM, 0, 1_000_000) : 0;
        InstrumentStatus status = STATUSES.read(body, STATUS, presentStatus(symbol));
        body.throwIfInvalid();
        try {
            return new Instrument(
                    new Symbol(symbol),
                    new Currency(currency),
                    prices,
                    quantities,
                    cash,
                    tick,
                    lot,
                    most,
                    notional,
                    reference,
                    band,
                    maker,
                    taker,
                    status,
                    0);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ErrorCode.INVALID_COMMAND, String.valueOf(e.getMessage()))
                    .toException();
        }
    }

    private InstrumentStatus presentStatus(String symbol) {
        boolean unused = instruments.refresh();
        Instrument present = instruments.atHand(symbol);
        return present == null ? InstrumentStatus.OPEN : present.status();
    }

    private static Scale scale(FlatObject body, Field field) {
        body.require(field);
        return new Scale((int) body.whole(field, 0, MAX_PLACES));
    }
}
