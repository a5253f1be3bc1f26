package io.outcry.persistence;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All instruments as of the event folded last, and what changed since they were stored. For one
 * thread.
 */
final class InstrumentTable {
    private final Map<Symbol, Instrument> instruments = new HashMap<>();
    private final Set<Symbol> changedTerms = new HashSet<>();
    private final Map<Symbol, Long> changedPrices = new HashMap<>();

    InstrumentTable(Collection<Instrument> stored) {
        stored.forEach(instrument -> instruments.put(instrument.symbol(), instrument));
    }

    /** Takes the terms; the last price is the trades' alone to set. */
    void defined(Instrument terms) {
        Instrument known = instruments.get(terms.symbol());
        long lastPrice = known == null ? 0 : known.lastPrice();
        changeTerms(with(terms, terms.status(), lastPrice));
    }

    void statusChanged(Symbol symbol, InstrumentStatus status) {
        Instrument known = known(symbol);
        changeTerms(with(known, status, known.lastPrice()));
    }

    void traded(Symbol symbol, long price) {
        changedPrices.put(symbol, price);
    }

    /** Quantity at the last price, before the first trade at the reference price, in cash units. */
    BigInteger worth(Symbol symbol, long quantity) {
        Instrument instrument = known(symbol);
        long last = changedPrices.getOrDefault(symbol, instrument.lastPrice());
        return instrument.worth(last == 0 ? instrument.referencePrice() : last, quantity);
    }

    List<Instrument> changedTerms() {
        List<Instrument> changed = new ArrayList<>();
        changedTerms.forEach(symbol -> changed.add(known(symbol)));
        return changed;
    }

    Map<Symbol, Long> changedPrices() {
        return changedPrices;
    }

    /** What changed is stored now. */
    void stored() {
        changedPrices.forEach(
                (symbol, price) ->
                        instruments.computeIfPresent(
                                symbol, (key, known) -> with(known, known.status(), price)));
        changedPrices.clear();
        changedTerms.clear();
    }

    private void changeTerms(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        changedTerms.add(instrument.symbol());
    }

    Instrument known(Symbol symbol) {
        Instrument instrument = instruments.get(symbol);
        if (instrument == null) {
            throw new IllegalStateException("no instrument " + symbol);
        }
        return instrument;
    }

    private static Instrument with(Instrument i, InstrumentStatus status, long lastPrice) {
        return new Instrument(
                i.symbol(),
                i.currency(),
                i.priceScale(),
                i.quantityScale(),
                i.cashScale(),
                i.tick(),
                i.lot(),
                i.maxQuantity(),
                i.maxNotional(),
                i.referencePrice(),
                i.bandPpm(),
                i.makerFeePpm(),
                i.takerFeePpm(),
                status,
                lastPrice);
    }
}
